import { useApi } from '@backstage/core-plugin-api';
import DialogContentText from '@material-ui/core/DialogContentText';
import {
  ApiKeyOwnerOverride,
  ApiKeyOwnerPolicies,
} from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { FormDialog } from '../../shared/dialogs/FormDialog';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { useTranslation } from '../../translations/useTranslation';
import { isEmpty, limitErrors, ownerError } from './policyErrors';
import { PolicyFields } from './PolicyFields';
import { initialValues, toRequest } from './policyForm';
import { PolicyMessage } from './PolicyMessage';
import { PolicyOwnerField } from './PolicyOwnerField';

type PolicyDialogProps = {
  policies: ApiKeyOwnerPolicies;
  /** The policy to edit; left out to set one for an owner who is picked here. */
  set?: ApiKeyOwnerOverride;
  /** Runs after a change by this or another user, before the dialog closes. */
  onChanged: () => Promise<void>;
  onClose: () => void;
};

/** Sets the policy of a user or group. */
export function PolicyDialog(props: PolicyDialogProps) {
  const { policies, set, onChanged, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const [initial] = useState(() => initialValues(set?.override));
  const [values, setValues] = useState(initial);
  const [owner, setOwner] = useState(set?.owner ?? '');
  const [tried, setTried] = useState(false);
  const [outdated, setOutdated] = useState(false);
  const errors = {
    fields: limitErrors(values),
    owner: set ? undefined : ownerError(owner, policies.items),
    empty: isEmpty(values),
  };
  const isValid =
    !errors.owner && !errors.empty && Object.keys(errors.fields).length === 0;

  const submission = useSubmit(async () => {
    // Saving replaces the whole policy, including changes of other users since this dialog opened.
    const { updatedAt } = await api.getOwnerPolicy(owner);
    if (updatedAt !== (set?.updatedAt ?? null)) {
      setOutdated(true);
      await onChanged();
      return;
    }
    await api.setOwnerPolicy(owner, toRequest(values));
    await onChanged();
    onClose();
  });
  const { submit, busy } = submission;

  const onSubmit = () => {
    setTried(true);
    if (!isValid) return;
    if (set && JSON.stringify(values) === JSON.stringify(initial)) onClose();
    else submit();
  };
  // While the request is on its way, the list may have the new policy already, which must not show as "owner taken".
  const showErrors = tried && !busy;

  return (
    <FormDialog
      id="api-keys-policy"
      title={
        set ? t('policyForm.editTitle', { owner }) : t('policyForm.setTitle')
      }
      submitLabel={t('policyForm.submit')}
      submission={submission}
      canSubmit={!outdated}
      onSubmit={onSubmit}
      onClose={onClose}
      ignoresBackdrop
    >
      <DialogContentText>{t('policyForm.intro')}</DialogContentText>
      <PolicyMessage severity="info">{t('policyForm.effect')}</PolicyMessage>
      {!set && (
        <PolicyOwnerField
          value={owner}
          error={showErrors ? errors.owner : undefined}
          onChange={next => {
            setOwner(next);
            setOutdated(false);
          }}
          disabled={busy}
        />
      )}
      <PolicyFields
        values={values}
        configured={policies.configured}
        errors={showErrors ? errors.fields : {}}
        onChange={setValues}
        disabled={busy}
      />
      {showErrors && errors.empty && (
        <PolicyMessage severity="error">
          {t('policyForm.problem.nothing')}
        </PolicyMessage>
      )}
      {outdated && (
        <PolicyMessage severity="warning">
          {t('policyForm.outdated')}
        </PolicyMessage>
      )}
    </FormDialog>
  );
}
