import TextField from '@material-ui/core/TextField';
import { useTranslation } from '../../translations/useTranslation';

type LastDayFieldProps = {
  id: string;
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  days: { min: string; max: string };
  /** Set if the day cannot be picked. */
  error: boolean;
  helperText?: string;
  disabled: boolean;
  onChange: (value: string) => void;
};

export function LastDayField(props: LastDayFieldProps) {
  const { id, value, days, error, helperText, disabled, onChange } = props;
  const { t } = useTranslation();
  return (
    <TextField
      id={id}
      label={t('expiry.lastDay')}
      type="date"
      value={value}
      onChange={event => onChange(event.target.value)}
      inputProps={days}
      error={error}
      helperText={helperText}
      disabled={disabled}
      variant="outlined"
      margin="normal"
      size="small"
      fullWidth
      required
      InputLabelProps={{ shrink: true }}
    />
  );
}
