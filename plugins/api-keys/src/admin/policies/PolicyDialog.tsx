import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog, { DialogProps } from '@material-ui/core/Dialog';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import {
  ApiKeyOwnerOverride,
  ApiKeyOwnerPolicies,
} from 'backstage-plugin-api-keys-common';
import { FormEvent, useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { DialogButtons } from '../../shared/dialogs/DialogButtons';
import { SubmitError } from '../../shared/dialogs/SubmitError';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { useTranslation } from '../../translations/useTranslation';
import { limitProblems, ownerProblem, saysNothing } from './policyErrors';
import { PolicyFields } from './PolicyFields';
import { fromPolicyForm, toPolicyForm } from './policyForm';
import { PolicyMessage } from './PolicyMessage';
import { PolicyOwnerField } from './PolicyOwnerField';

const TITLE_ID = 'api-keys-policy-title';

const useStyles = makeStyles({
  // The fields scroll, not the title and the buttons with them.
  form: { display: 'flex', flexDirection: 'column', minHeight: 0 },
  title: { overflowWrap: 'anywhere' },
});

type PolicyDialogProps = {
  policies: ApiKeyOwnerPolicies;
  /** What was set; nothing for an owner who is yet to be picked. */
  set?: ApiKeyOwnerOverride;
  /** Runs after a change, by this user or somebody else, and before the dialog closes. */
  onChanged: () => Promise<void>;
  onClose: () => void;
};

/** Sets what differs for a user or a group. */
export function PolicyDialog(props: PolicyDialogProps) {
  const { policies, set, onChanged, onClose } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const api = useApi(apiKeysApiRef);
  const [initial] = useState(() => toPolicyForm(set?.override));
  const [form, setForm] = useState(initial);
  const [owner, setOwner] = useState(set?.owner ?? '');
  const [tried, setTried] = useState(false);
  const [outdated, setOutdated] = useState(false);
  const problems = {
    fields: limitProblems(form),
    owner: set ? undefined : ownerProblem(owner, policies.items),
    nothing: saysNothing(form),
  };

  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      // What is saved replaces all that was set, also what somebody else may have set since this dialog has opened.
      const { updatedAt } = await api.getOwnerPolicy(owner);
      if (updatedAt !== (set?.updatedAt ?? null)) {
        setOutdated(true);
        await onChanged();
        return;
      }
      await api.setOwnerPolicy(owner, fromPolicyForm(form));
      await onChanged();
      onClose();
    }, [api, owner, set, form, onChanged, onClose]),
  );

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const { fields, owner: ofOwner, nothing } = problems;
    if (ofOwner || nothing || Object.keys(fields).length > 0) return;
    if (set && JSON.stringify(form) === JSON.stringify(initial)) onClose();
    else submit();
  };
  // On its way, a new policy may be in the list already.
  const shown = tried && !busy;
  const closeOnEscape: DialogProps['onClose'] = (_event, reason) => {
    if (reason === 'escapeKeyDown' && !busy) onClose();
  };

  return (
    <Dialog
      open
      onClose={closeOnEscape}
      aria-labelledby={TITLE_ID}
      maxWidth="sm"
      fullWidth
    >
      <form className={classes.form} onSubmit={onSubmit} noValidate>
        <DialogTitle id={TITLE_ID} className={classes.title}>
          {set
            ? t('policyForm.editTitle', { owner })
            : t('policyForm.setTitle')}
        </DialogTitle>
        <DialogContent>
          <DialogContentText>{t('policyForm.intro')}</DialogContentText>
          <PolicyMessage severity="info">
            {t('policyForm.effect')}
          </PolicyMessage>
          {!set && (
            <PolicyOwnerField
              value={owner}
              problem={shown ? problems.owner : undefined}
              onChange={next => {
                setOwner(next);
                setOutdated(false);
              }}
              disabled={busy}
            />
          )}
          <PolicyFields
            form={form}
            configured={policies.configured}
            problems={shown ? problems.fields : {}}
            onChange={setForm}
            disabled={busy}
          />
          {shown && problems.nothing && (
            <PolicyMessage severity="error">
              {t('policyForm.problem.nothing')}
            </PolicyMessage>
          )}
          {outdated && (
            <PolicyMessage severity="warning">
              {t('policyForm.outdated')}
            </PolicyMessage>
          )}
          <SubmitError error={error} />
        </DialogContent>
        <DialogButtons>
          <Button onClick={onClose} disabled={busy}>
            {t('form.cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={busy || outdated}
          >
            {t('policyForm.submit')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
