import { useApi } from '@backstage/core-plugin-api';
import DialogContentText from '@material-ui/core/DialogContentText';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { useTranslation } from '../../translations/useTranslation';
import { ConfirmDialog } from './ConfirmDialog';
import { DangerButton } from './DangerButton';
import { useSubmit } from './useSubmit';

type ConfirmOwnerDialogProps = {
  /** Entity ref. */
  owner: string;
  /** Set if the user does not act for the owner. */
  asAdmin?: boolean;
  /** Runs after the change and before the dialog closes. */
  onConfirmed: () => Promise<void>;
  onClose: () => void;
};

/** Asks if an owner who reappeared in the catalog is the same as before. If so, the keys work again; otherwise they are revoked. */
export function ConfirmOwnerDialog(props: ConfirmOwnerDialogProps) {
  const { owner, asAdmin, onConfirmed, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const submission = useSubmit(async (same: boolean) => {
    if (asAdmin) await api.confirmOwnerAsAdmin(owner, { same });
    else await api.confirmOwner(owner, { same });
    await onConfirmed();
    onClose();
  });
  const { submit, busy } = submission;
  return (
    <ConfirmDialog
      id="api-keys-confirm-owner"
      title={t('confirmOwner.title', { owner })}
      confirmLabel={t('confirmOwner.confirm')}
      submission={submission}
      onConfirm={() => submit(true)}
      onClose={onClose}
      otherButton={
        <DangerButton onClick={() => submit(false)} disabled={busy}>
          {t('confirmOwner.revoke')}
        </DangerButton>
      }
    >
      <DialogContentText>
        {t('confirmOwner.doubt', { owner })}
      </DialogContentText>
      <DialogContentText>
        {t('confirmOwner.effect', { owner })}
      </DialogContentText>
    </ConfirmDialog>
  );
}
