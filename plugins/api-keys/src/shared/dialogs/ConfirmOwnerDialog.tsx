import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { useTranslation } from '../../translations/useTranslation';
import { DangerButton } from './DangerButton';
import { DialogButtons } from './DialogButtons';
import { SubmitError } from './SubmitError';
import { useSubmit } from './useSubmit';

const TITLE_ID = 'api-keys-confirm-owner-title';
const TEXT_ID = 'api-keys-confirm-owner-text';

type ConfirmOwnerDialogProps = {
  /** Entity ref. */
  owner: string;
  /** For an owner for whom the user does not act. */
  asAdmin?: boolean;
  /** Runs after the change and before the dialog closes. */
  onConfirmed: () => Promise<void>;
  onClose: () => void;
};

/** Asks whether an owner who came back to the catalog is the same as before. The keys work again, or are revoked. */
export function ConfirmOwnerDialog(props: ConfirmOwnerDialogProps) {
  const { owner, asAdmin, onConfirmed, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const answer = useCallback(
    async (same: boolean) => {
      if (asAdmin) await api.confirmOwnerAsAdmin(owner, { same });
      else await api.confirmOwner(owner, { same });
      await onConfirmed();
      onClose();
    },
    [api, asAdmin, owner, onConfirmed, onClose],
  );
  const confirm = useSubmit(useCallback(() => answer(true), [answer]));
  const revoke = useSubmit(useCallback(() => answer(false), [answer]));
  const busy = confirm.busy || revoke.busy;
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
        {t('confirmOwner.title', { owner })}
      </DialogTitle>
      <DialogContent>
        <div id={TEXT_ID}>
          <DialogContentText>
            {t('confirmOwner.doubt', { owner })}
          </DialogContentText>
          <DialogContentText>
            {t('confirmOwner.effect', { owner })}
          </DialogContentText>
        </div>
        <SubmitError error={confirm.error ?? revoke.error} />
      </DialogContent>
      <DialogButtons>
        <Button onClick={onClose} disabled={busy}>
          {t('form.cancel')}
        </Button>
        <DangerButton onClick={revoke.submit} disabled={busy}>
          {t('confirmOwner.revoke')}
        </DangerButton>
        <Button
          variant="contained"
          color="primary"
          disabled={busy}
          onClick={confirm.submit}
        >
          {t('confirmOwner.confirm')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
