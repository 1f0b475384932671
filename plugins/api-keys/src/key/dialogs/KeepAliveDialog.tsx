import { useApi } from '@backstage/core-plugin-api';
import DialogContentText from '@material-ui/core/DialogContentText';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { ConfirmDialog } from '../../shared/dialogs/ConfirmDialog';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { durationInWords } from '../../shared/time/durations';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';

type KeepAliveDialogProps = {
  apiKey: ApiKey;
  /** Runs after the change and before the dialog closes. */
  onSaved: () => Promise<void>;
  onClose: () => void;
};

/** Restarts the inactivity timeout of a key. */
export function KeepAliveDialog(props: KeepAliveDialogProps) {
  const { apiKey, onSaved, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const locale = useLocale();
  const submission = useSubmit(async () => {
    await api.keepKeyAlive(apiKey.id);
    await onSaved();
    onClose();
  });
  const duration = durationInWords(apiKey.inactivityTimeout ?? 'PT0S', locale);
  return (
    <ConfirmDialog
      id="api-keys-keep-alive"
      title={t('keepAlive.title', { name: apiKey.name })}
      confirmLabel={t('keepAlive.submit')}
      submission={submission}
      onConfirm={submission.submit}
      onClose={onClose}
    >
      <DialogContentText>
        {apiKey.status === 'inactive'
          ? t('keepAlive.revive', { duration })
          : t('keepAlive.effect', { duration })}
      </DialogContentText>
      <DialogContentText>{t('keepAlive.notExpiry')}</DialogContentText>
    </ConfirmDialog>
  );
}
