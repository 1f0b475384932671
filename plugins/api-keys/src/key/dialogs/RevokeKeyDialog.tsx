import { useApi } from '@backstage/core-plugin-api';
import DialogContentText from '@material-ui/core/DialogContentText';
import { makeStyles } from '@material-ui/core/styles';
import { AlsoRevokedApiKeys, ApiKey } from 'backstage-plugin-api-keys-common';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { ConfirmDialog } from '../../shared/dialogs/ConfirmDialog';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { AlsoRevoked } from '../../shared/keys/AlsoRevoked';
import { useAlsoRevoked } from '../../shared/keys/useAlsoRevoked';
import { RelativeTime } from '../../shared/time/RelativeTime';
import { useTranslation } from '../../translations/useTranslation';

const NONE: AlsoRevokedApiKeys = { items: [], totalItems: 0 };

const useStyles = makeStyles({ owner: { overflowWrap: 'anywhere' } });

type LastUseProps = { apiKey: ApiKey };

function LastUse({ apiKey }: LastUseProps) {
  const { t } = useTranslation();
  if (!apiKey.lastUsedAt) return <>{t('revoke.neverUsed')}</>;
  const when = <RelativeTime time={apiKey.lastUsedAt} past />;
  return apiKey.lastUsedIp
    ? t('revoke.lastUsedFrom', { when, ip: apiKey.lastUsedIp })
    : t('revoke.lastUsed', { when });
}

type RevokeKeyDialogProps = {
  apiKey: ApiKey;
  /** Set if an admin revokes another owner's key because its secret leaked. */
  leaked?: boolean;
  /** Runs after the key was revoked and before the dialog closes. */
  onRevoked: (alsoRevoked: AlsoRevokedApiKeys) => Promise<void>;
  onClose: () => void;
};

/** Asks before a key is revoked. */
export function RevokeKeyDialog(props: RevokeKeyDialogProps) {
  const { apiKey, leaked, onRevoked, onClose } = props;
  const { id, name, hint, owner } = apiKey;
  const { t } = useTranslation();
  const classes = useStyles();
  const api = useApi(apiKeysApiRef);
  const { value: expected, error: unknown } = useAlsoRevoked(apiKey, leaked);
  const submission = useSubmit(async () => {
    if (leaked) {
      const result = await api.revokeKeys({ ids: [id], reason: 'leaked' });
      await onRevoked(result.alsoRevoked);
    } else {
      await api.revokeKey(id);
      await onRevoked(expected ?? NONE);
    }
    onClose();
  });
  return (
    <ConfirmDialog
      id="api-keys-revoke"
      title={t('revoke.title', { name })}
      confirmLabel={t('revoke.submit')}
      danger
      submission={submission}
      onConfirm={submission.submit}
      onClose={onClose}
    >
      <DialogContentText>{t('revoke.effect', { hint })}</DialogContentText>
      {leaked && (
        <DialogContentText className={classes.owner}>
          {t('revoke.owner', { owner })}
        </DialogContentText>
      )}
      <AlsoRevoked alsoRevoked={expected} />
      {unknown && (
        <DialogContentText>{t('alsoRevoked.unknown')}</DialogContentText>
      )}
      <DialogContentText>
        <LastUse apiKey={apiKey} />
      </DialogContentText>
    </ConfirmDialog>
  );
}
