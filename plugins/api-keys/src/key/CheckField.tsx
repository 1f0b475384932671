import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';

const useStyles = makeStyles({
  root: { flex: '1 1 200px', minWidth: 0 },
});

type CheckFieldProps = {
  id: string;
  label: string;
  value: string;
  /** Pairs of value and label. */
  options: [string, string][];
  onChange: (value: string) => void;
};

/** A select of the access check. */
export function CheckField(props: CheckFieldProps) {
  const { id, label, value, options, onChange } = props;
  return (
    <TextField
      id={id}
      className={useStyles().root}
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      select
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      variant="outlined"
      size="small"
    >
      {options.map(([each, name]) => (
        <option key={each} value={each}>
          {name}
        </option>
      ))}
    </TextField>
  );
}
