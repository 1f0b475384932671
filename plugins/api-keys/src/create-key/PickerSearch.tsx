import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import { preventEnterSubmit } from '../shared/fields/preventEnterSubmit';
import { useSecretNotice } from '../shared/pasted-secret/useSecretNotice';

type PickerSearchProps = {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
};

/** Search field of a PickerList. */
export function PickerSearch(props: PickerSearchProps) {
  const { id, label, value, onChange, disabled } = props;
  const { stripSecrets, notice } = useSecretNotice('own');
  return (
    <>
      <TextField
        id={id}
        label={label}
        value={value}
        onChange={event => onChange(stripSecrets(event.target.value))}
        onKeyDown={preventEnterSubmit}
        type="search"
        autoComplete="off"
        variant="outlined"
        size="small"
        fullWidth
        disabled={disabled}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        }}
      />
      {notice}
    </>
  );
}
