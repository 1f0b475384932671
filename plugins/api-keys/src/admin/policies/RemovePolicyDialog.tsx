import { useApi } from '@backstage/core-plugin-api';
import DialogContentText from '@material-ui/core/DialogContentText';
import { ApiKeyOwnerOverride } from 'backstage-plugin-api-keys-common';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { ConfirmDialog } from '../../shared/dialogs/ConfirmDialog';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { useTranslation } from '../../translations/useTranslation';
import { usePolicyTexts } from './usePolicyTexts';

type RemovePolicyDialogProps = {
  set: ApiKeyOwnerOverride;
  /** Runs after the removal and before the dialog closes. */
  onRemoved: () => Promise<void>;
  onClose: () => void;
};

/** Asks before the policy of an owner is removed, so that the configuration applies again. */
export function RemovePolicyDialog(props: RemovePolicyDialogProps) {
  const { set, onRemoved, onClose } = props;
  const { owner, override } = set;
  const { t } = useTranslation();
  const { phrasesOf } = usePolicyTexts();
  const api = useApi(apiKeysApiRef);
  const submission = useSubmit(async () => {
    await api.removeOwnerPolicy(owner);
    await onRemoved();
    onClose();
  });
  return (
    <ConfirmDialog
      id="api-keys-policy-removal"
      title={t('policyRemoval.title', { owner })}
      confirmLabel={t('policyRemoval.submit')}
      danger
      submission={submission}
      onConfirm={submission.submit}
      onClose={onClose}
    >
      <DialogContentText>
        {t('policyRemoval.set', { phrases: phrasesOf(override).join(' · ') })}
      </DialogContentText>
      <DialogContentText>{t('policyRemoval.effect')}</DialogContentText>
      <DialogContentText>{t('policyRemoval.effectOnKeys')}</DialogContentText>
    </ConfirmDialog>
  );
}
