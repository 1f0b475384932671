import TextField from '@material-ui/core/TextField';
import { useFilterStyles } from './useFilterStyles';

type ChoiceFieldProps<T extends string> = {
  id: string;
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  /** Set for long choices. */
  wide?: boolean;
  /** Overrides the width. */
  className?: string;
};

/** Select field of a filter bar. */
export function ChoiceField<T extends string>(props: ChoiceFieldProps<T>) {
  const { id, label, value, choices, onChange, wide } = props;
  const classes = useFilterStyles();
  const { className = wide ? classes.wideChoice : classes.choice } = props;
  return (
    <TextField
      id={id}
      className={className}
      label={label}
      value={value}
      onChange={event => {
        const picked = choices.find(each => each.value === event.target.value);
        if (picked) onChange(picked.value);
      }}
      InputLabelProps={{ shrink: true }}
      SelectProps={{ native: true }}
      select
      variant="outlined"
      size="small"
    >
      {choices.map(choice => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </TextField>
  );
}
