import { ApiKeyPolicyLimits } from 'backstage-plugin-api-keys-common';
import { LimitField } from './LimitField';
import { LimitProblems } from './policyErrors';
import { policyEntries } from './policyFields';
import { PolicyForm } from './policyForm';

type PolicyFieldsProps = {
  form: PolicyForm;
  configured: ApiKeyPolicyLimits;
  problems: LimitProblems;
  onChange: (form: PolicyForm) => void;
  disabled: boolean;
};

/** The fields of a policy, beside what is configured. */
export function PolicyFields(props: PolicyFieldsProps) {
  const { form, configured, problems, onChange, disabled } = props;
  return (
    <>
      {policyEntries(configured).map(({ field, value }) => (
        <LimitField
          key={field}
          field={field}
          configured={value}
          ruledOut={
            field === 'lifetime.allowUnlimited' &&
            form['lifetime.max'].choice !== 'unset'
          }
          value={form[field]}
          problem={problems[field]}
          onChange={input => onChange({ ...form, [field]: input })}
          disabled={disabled}
        />
      ))}
    </>
  );
}
