import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { FieldError, errorTextColor } from '../shared/fields/FieldError';
import { useTranslation } from '../translations/useTranslation';
import { EntryError } from './entryErrors';

const ERROR_ID = 'api-keys-networks-problem';
const HINT_ID = 'api-keys-networks-helper-text';

const useStyles = makeStyles(theme => ({
  field: {
    '& textarea': { fontFamily: 'monospace', overflowWrap: 'anywhere' },
    '& label.Mui-error': { color: errorTextColor(theme) },
  },
}));

type NetworksFieldProps = {
  value: string;
  /** Errors of the backend. */
  errors: EntryError[];
  onChange: (value: string) => void;
  disabled: boolean;
};

/** Asks from which networks the key can be used, one a line. */
export function NetworksField(props: NetworksFieldProps) {
  const { value, errors, onChange, disabled } = props;
  const { t } = useTranslation();
  const hasError = errors.length > 0;
  return (
    <>
      <TextField
        id="api-keys-networks"
        className={useStyles().field}
        label={t('networks.label')}
        helperText={t('networks.hint')}
        value={value}
        onChange={event => onChange(event.target.value)}
        error={hasError}
        FormHelperTextProps={{ error: false }}
        inputProps={{
          spellCheck: false,
          'aria-describedby': hasError ? `${ERROR_ID} ${HINT_ID}` : HINT_ID,
        }}
        InputLabelProps={{ shrink: true }}
        autoComplete="off"
        variant="outlined"
        margin="normal"
        size="small"
        multiline
        minRows={2}
        maxRows={6}
        disabled={disabled}
        fullWidth
      />
      {hasError && (
        <FieldError id={ERROR_ID}>
          {errors
            .map(({ entry: network, problem }) =>
              t('networks.problem', { network, problem }),
            )
            .join(' ')}
        </FieldError>
      )}
    </>
  );
}
