import Box from '@material-ui/core/Box';
import { FieldError } from '../../shared/fields/FieldError';
import { OwnerField } from '../../shared/fields/OwnerField';
import { preventEnterSubmit } from '../../shared/fields/preventEnterSubmit';
import { useTranslation } from '../../translations/useTranslation';
import { OwnerError } from './policyErrors';

type PolicyOwnerFieldProps = {
  value: string;
  error: OwnerError | undefined;
  onChange: (value: string) => void;
  disabled: boolean;
};

/** Picks the owner of a new policy. Enter picks the typed owner instead of submitting the form. */
export function PolicyOwnerField(props: PolicyOwnerFieldProps) {
  const { value, error, onChange, disabled } = props;
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
      {error && <FieldError>{t(`policyForm.problem.${error}`)}</FieldError>}
    </Box>
  );
}
