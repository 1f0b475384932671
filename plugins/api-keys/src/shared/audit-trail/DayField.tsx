import TextField from '@material-ui/core/TextField';
import { useFilterStyles } from '../fields/useFilterStyles';

type DayFieldProps = {
  id: string;
  label: string;
  /** `YYYY-MM-DD` or empty. */
  value: string;
  min?: string;
  max?: string;
  onChange: (value: string) => void;
};

/** Optional date field. */
export function DayField(props: DayFieldProps) {
  const { id, label, value, min, max, onChange } = props;
  return (
    <TextField
      id={id}
      className={useFilterStyles().choice}
      type="date"
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      inputProps={{ min: min || undefined, max: max || undefined }}
      InputLabelProps={{ shrink: true }}
      variant="outlined"
      size="small"
    />
  );
}
