import { ApiKeyPolicyLimits } from 'backstage-plugin-api-keys-common';
import { LimitField } from './LimitField';
import { LimitErrors } from './policyErrors';
import { policyEntries } from './policyFieldSpecs';
import { PolicyValues } from './policyForm';

type PolicyFieldsProps = {
  values: PolicyValues;
  configured: ApiKeyPolicyLimits;
  errors: LimitErrors;
  onChange: (values: PolicyValues) => void;
  disabled: boolean;
};

/** The fields of a policy, each with the configured value as its default. */
export function PolicyFields(props: PolicyFieldsProps) {
  const { values, configured, errors, onChange, disabled } = props;
  return (
    <>
      {policyEntries(configured).map(({ field, value }) => (
        <LimitField
          key={field}
          field={field}
          configured={value}
          ruledOut={
            field === 'lifetime.allowUnlimited' &&
            values['lifetime.max'].choice !== 'unset'
          }
          value={values[field]}
          error={errors[field]}
          onChange={input => onChange({ ...values, [field]: input })}
          disabled={disabled}
        />
      ))}
    </>
  );
}
