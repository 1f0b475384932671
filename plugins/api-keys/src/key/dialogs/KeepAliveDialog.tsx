import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { DialogButtons } from '../../shared/dialogs/DialogButtons';
import { SubmitError } from '../../shared/dialogs/SubmitError';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { durationInWords } from '../../shared/time/durations';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';

const TITLE_ID = 'api-keys-keep-alive-title';
const TEXT_ID = 'api-keys-keep-alive-text';

type KeepAliveDialogProps = {
  apiKey: ApiKey;
  /** Runs after the change and before the dialog closes. */
  onSaved: () => Promise<void>;
  onClose: () => void;
};

/** Restarts the inactivity clock of a key, and says what that does not change. */
export function KeepAliveDialog(props: KeepAliveDialogProps) {
  const { apiKey, onSaved, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const locale = useLocale();
  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      await api.keepKeyAlive(apiKey.id);
      await onSaved();
      onClose();
    }, [api, apiKey.id, onSaved, onClose]),
  );
  const duration = durationInWords(apiKey.inactivityTimeout ?? 'PT0S', locale);
  return (
    <Dialog
      open
      onClose={busy ? undefined : onClose}
      aria-labelledby={TITLE_ID}
      aria-describedby={TEXT_ID}
      maxWidth="sm"
      fullWidth
    >
      <DialogTitle id={TITLE_ID}>
        {t('keepAlive.title', { name: apiKey.name })}
      </DialogTitle>
      <DialogContent>
        <div id={TEXT_ID}>
          <DialogContentText>
            {apiKey.status === 'inactive'
              ? t('keepAlive.revive', { duration })
              : t('keepAlive.effect', { duration })}
          </DialogContentText>
          <DialogContentText>{t('keepAlive.notExpiry')}</DialogContentText>
        </div>
        <SubmitError error={error} />
      </DialogContent>
      <DialogButtons>
        <Button onClick={onClose} disabled={busy}>
          {t('form.cancel')}
        </Button>
        <Button
          variant="contained"
          color="primary"
          disabled={busy}
          onClick={submit}
        >
          {t('keepAlive.submit')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
