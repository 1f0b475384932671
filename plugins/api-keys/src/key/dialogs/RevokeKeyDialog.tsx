import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import { AlsoRevokedApiKeys, ApiKey } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { DangerButton } from '../../shared/dialogs/DangerButton';
import { DialogButtons } from '../../shared/dialogs/DialogButtons';
import { SubmitError } from '../../shared/dialogs/SubmitError';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { AlsoRevoked } from '../../shared/keys/AlsoRevoked';
import { useAlsoRevoked } from '../../shared/keys/useAlsoRevoked';
import { RelativeTime } from '../../shared/time/RelativeTime';
import { useTranslation } from '../../translations/useTranslation';

const TITLE_ID = 'api-keys-revoke-title';
const TEXT_ID = 'api-keys-revoke-text';

const NOTHING: AlsoRevokedApiKeys = { items: [], totalItems: 0 };

const useStyles = makeStyles({ title: { overflowWrap: 'anywhere' } });

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
  /** An admin ends the key of somebody, since its secret leaked. */
  leaked?: boolean;
  /** Runs after the key was revoked and before the dialog closes, with what ended beside it. */
  onRevoked: (alsoRevoked: AlsoRevokedApiKeys) => Promise<void>;
  onClose: () => void;
};

/** Asks before a key is ended for good. */
export function RevokeKeyDialog(props: RevokeKeyDialogProps) {
  const { apiKey, leaked, onRevoked, onClose } = props;
  const { id, name, hint, owner } = apiKey;
  const { t } = useTranslation();
  const classes = useStyles();
  const api = useApi(apiKeysApiRef);
  const { value: expected, error: unknown } = useAlsoRevoked(apiKey, leaked);
  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      if (leaked) {
        const result = await api.revokeKeys({ ids: [id], reason: 'leaked' });
        await onRevoked(result.alsoRevoked);
      } else {
        await api.revokeKey(id);
        await onRevoked(expected ?? NOTHING);
      }
      onClose();
    }, [api, id, leaked, expected, onRevoked, onClose]),
  );

  return (
    <Dialog
      open
      onClose={busy ? undefined : onClose}
      aria-labelledby={TITLE_ID}
      aria-describedby={TEXT_ID}
      maxWidth="sm"
      fullWidth
    >
      <DialogTitle id={TITLE_ID} className={classes.title}>
        {t('revoke.title', { name })}
      </DialogTitle>
      <DialogContent>
        <div id={TEXT_ID}>
          <DialogContentText>{t('revoke.effect', { hint })}</DialogContentText>
          {leaked && (
            <DialogContentText className={classes.title}>
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
        </div>
        <SubmitError error={error} />
      </DialogContent>
      <DialogButtons>
        <Button onClick={onClose} disabled={busy}>
          {t('form.cancel')}
        </Button>
        <DangerButton onClick={submit} disabled={busy}>
          {t('revoke.submit')}
        </DangerButton>
      </DialogButtons>
    </Dialog>
  );
}
