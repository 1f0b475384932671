import Box from '@material-ui/core/Box';
import { KeyboardEvent } from 'react';
import { useTexts } from '../../hooks/useTexts';
import { OwnerProblem } from '../../lib/policyProblems';
import { OwnerField } from '../OwnerField';
import { Problem } from '../Problem';

/** With Enter, whoever was typed is picked; the form is not ready to be sent then. */
const keepForm = (event: KeyboardEvent) => {
  if (event.key === 'Enter') event.preventDefault();
};

/** Picks for whom to set a policy. */
export const PolicyOwnerField = (props: {
  value: string;
  problem: OwnerProblem | undefined;
  onChange: (value: string) => void;
  disabled: boolean;
}) => {
  const { value, problem, onChange, disabled } = props;
  const { t } = useTexts();
  return (
    <Box mt={2} onKeyDown={keepForm} role="presentation">
      <OwnerField
        id="api-keys-policy-owner"
        label={t('policyForm.owner')}
        placeholder={t('inventory.ownerHint')}
        value={value}
        onChange={onChange}
        disabled={disabled}
      />
      {problem && <Problem>{t(`policyForm.problem.${problem}`)}</Problem>}
    </Box>
  );
};
