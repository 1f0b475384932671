import Box from '@material-ui/core/Box';
import { KeyboardEvent } from 'react';
import { FieldError } from '../../shared/fields/FieldError';
import { OwnerField } from '../../shared/fields/OwnerField';
import { useTranslation } from '../../translations/useTranslation';
import { OwnerProblem } from './policyErrors';

/** With Enter, whoever was typed is picked; the form is not ready to be sent then. */
const preventEnterSubmit = (event: KeyboardEvent) => {
  if (event.key === 'Enter') event.preventDefault();
};

type PolicyOwnerFieldProps = {
  value: string;
  problem: OwnerProblem | undefined;
  onChange: (value: string) => void;
  disabled: boolean;
};

/** Picks for whom to set a policy. */
export function PolicyOwnerField(props: PolicyOwnerFieldProps) {
  const { value, problem, onChange, disabled } = props;
  const { t } = useTranslation();
  return (
    <Box mt={2} onKeyDown={preventEnterSubmit} role="presentation">
      <OwnerField
        id="api-keys-policy-owner"
        label={t('policyForm.owner')}
        placeholder={t('inventory.ownerHint')}
        value={value}
        onChange={onChange}
        disabled={disabled}
      />
      {problem && <FieldError>{t(`policyForm.problem.${problem}`)}</FieldError>}
    </Box>
  );
}
