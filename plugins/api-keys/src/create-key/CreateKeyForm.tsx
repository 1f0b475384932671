import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { FormBody } from '../shared/dialogs/FormDialog';
import { KeyFields } from '../shared/fields/KeyFields';
import { SecretFormProps } from '../shared/secret/SecretDialog';
import { useTranslation } from '../translations/useTranslation';
import { FormSection } from './FormSection';
import { KeyOwnerField } from './KeyOwnerField';
import { PolicySection } from './limits/PolicySection';
import { NetworksField } from './NetworksField';
import { useCreateKey } from './useCreateKey';
import { useCreateKeyForm } from './useCreateKeyForm';

type CreateKeyFormProps = SecretFormProps & {
  /** The key to clone. */
  from?: ApiKey;
  /** Scopes to start with. */
  scopes?: readonly string[];
  /** Explains why the key to clone is missing. */
  notice?: string;
};

/** Asks for the settings of a new key, and creates it. */
export function CreateKeyForm(props: CreateKeyFormProps) {
  const { from, notice, onCreated, onCancel } = props;
  const { t } = useTranslation();
  const form = useCreateKeyForm(from, props.scopes);
  const { me, owner, owners } = form.owner;
  const { submission, isOutcomeUnknown, networkErrors, scopeErrors } =
    useCreateKey(form, onCreated);
  const { busy } = submission;

  return (
    <FormBody
      title={
        from ? t('create.copyTitle', { name: from.name }) : t('create.title')
      }
      submitLabel={t('create.submit')}
      submission={submission}
      canSubmit={form.request !== undefined}
      onCancel={onCancel}
      advice={isOutcomeUnknown && t('create.outcomeUnknown')}
    >
      {notice && (
        <Box mb={2}>
          <Alert severity="warning">{notice}</Alert>
        </Box>
      )}
      <FormSection id="api-keys-purpose" title={t('create.purpose')}>
        <KeyFields
          values={form.fields}
          onChange={fields => form.change({ fields })}
          disabled={busy}
        />
      </FormSection>
      {me && owner && owners.length > 1 && (
        <FormSection id="api-keys-subject" title={t('create.subject')}>
          <KeyOwnerField
            me={me}
            owners={owners}
            value={owner}
            onChange={next => form.change({ owner: next })}
            disabled={busy}
          />
        </FormSection>
      )}
      {from && me && !owners.includes(from.owner) && (
        <Box mb={2}>
          <Typography variant="body2" color="textSecondary">
            {t('create.modelOwner', { owner: from.owner })}
          </Typography>
        </Box>
      )}
      <PolicySection form={form} scopeErrors={scopeErrors} disabled={busy}>
        <FormSection id="api-keys-from" title={t('create.networks')}>
          <NetworksField
            value={form.values.networks}
            errors={networkErrors}
            onChange={networks => form.change({ networks })}
            disabled={busy}
          />
        </FormSection>
      </PolicySection>
    </FormBody>
  );
}
