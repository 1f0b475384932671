import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import { ApiKeyOwnerOverride } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { DangerButton } from '../../shared/dialogs/DangerButton';
import { DialogButtons } from '../../shared/dialogs/DialogButtons';
import { SubmitError } from '../../shared/dialogs/SubmitError';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { useTranslation } from '../../translations/useTranslation';
import { usePolicyTexts } from './usePolicyTexts';

const TITLE_ID = 'api-keys-policy-removal-title';
const TEXT_ID = 'api-keys-policy-removal-text';

const useStyles = makeStyles({ title: { overflowWrap: 'anywhere' } });

type RemovePolicyDialogProps = {
  set: ApiKeyOwnerOverride;
  /** Runs after the removal and before the dialog closes. */
  onRemoved: () => Promise<void>;
  onClose: () => void;
};

/** Asks before somebody follows the configuration again. */
export function RemovePolicyDialog(props: RemovePolicyDialogProps) {
  const { set, onRemoved, onClose } = props;
  const { owner, override } = set;
  const { t } = useTranslation();
  const { phrasesOf } = usePolicyTexts();
  const classes = useStyles();
  const api = useApi(apiKeysApiRef);
  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      await api.removeOwnerPolicy(owner);
      await onRemoved();
      onClose();
    }, [api, owner, onRemoved, onClose]),
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
        {t('policyRemoval.title', { owner })}
      </DialogTitle>
      <DialogContent>
        <div id={TEXT_ID}>
          <DialogContentText>
            {t('policyRemoval.set', {
              phrases: phrasesOf(override).join(' · '),
            })}
          </DialogContentText>
          <DialogContentText>{t('policyRemoval.effect')}</DialogContentText>
          <DialogContentText>
            {t('policyRemoval.effectOnKeys')}
          </DialogContentText>
        </div>
        <SubmitError error={error} />
      </DialogContent>
      <DialogButtons>
        <Button onClick={onClose} disabled={busy}>
          {t('form.cancel')}
        </Button>
        <DangerButton onClick={submit} disabled={busy}>
          {t('policyRemoval.submit')}
        </DangerButton>
      </DialogButtons>
    </Dialog>
  );
}
