import TextField from '@material-ui/core/TextField';
import { RevokeApiKeysRequest } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../../translations/useTranslation';

export type Reason = RevokeApiKeysRequest['reason'];

const REASONS: Reason[] = ['admin', 'leaked', 'offboarded', 'policy'];

type ReasonFieldProps = {
  value: Reason;
  onChange: (value: Reason) => void;
  disabled: boolean;
};

/** The reason for a revocation, which the owners of the keys see. */
export function ReasonField(props: ReasonFieldProps) {
  const { value, onChange, disabled } = props;
  const { t } = useTranslation();
  return (
    <TextField
      id="api-keys-revoke-reason"
      label={t('bulk.reason')}
      value={value}
      onChange={event => {
        const reason = REASONS.find(each => each === event.target.value);
        if (reason) onChange(reason);
      }}
      variant="outlined"
      margin="normal"
      size="small"
      disabled={disabled}
      fullWidth
      select
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
    >
      {REASONS.map(reason => (
        <option key={reason} value={reason}>
          {t(`bulk.reason_${reason}`)}
        </option>
      ))}
    </TextField>
  );
}
