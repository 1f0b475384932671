import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { FieldError, problemColor } from '../shared/fields/FieldError';
import { useTranslation } from '../translations/useTranslation';
import { EntryProblem } from './entryErrors';

const PROBLEM_ID = 'api-keys-networks-problem';
const HINT_ID = 'api-keys-networks-helper-text';

const useStyles = makeStyles(theme => ({
  field: {
    '& textarea': { fontFamily: 'monospace', overflowWrap: 'anywhere' },
    '& label.Mui-error': { color: problemColor(theme) },
  },
}));

type NetworksFieldProps = {
  value: string;
  /** What the backend has said of the networks. */
  problems: EntryProblem[];
  onChange: (value: string) => void;
  disabled: boolean;
};

/** Asks from where a key may be used, one network on each line. */
export function NetworksField(props: NetworksFieldProps) {
  const { value, problems, onChange, disabled } = props;
  const { t } = useTranslation();
  const isWrong = problems.length > 0;
  return (
    <>
      <TextField
        id="api-keys-networks"
        className={useStyles().field}
        label={t('networks.label')}
        helperText={t('networks.hint')}
        value={value}
        onChange={event => onChange(event.target.value)}
        error={isWrong}
        FormHelperTextProps={{ error: false }}
        inputProps={{
          spellCheck: false,
          'aria-describedby': isWrong ? `${PROBLEM_ID} ${HINT_ID}` : HINT_ID,
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
      {isWrong && (
        <FieldError id={PROBLEM_ID}>
          {problems
            .map(({ entry: network, problem }) =>
              t('networks.problem', { network, problem }),
            )
            .join(' ')}
        </FieldError>
      )}
    </>
  );
}
