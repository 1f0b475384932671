import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useMemo, useState } from 'react';
import { FieldError } from '../../shared/fields/FieldError';
import { preventEnterSubmit } from '../../shared/fields/preventEnterSubmit';
import { useSecretNotice } from '../../shared/pasted-secret/useSecretNotice';
import { ScopedApi } from '../../shared/restrictions/scopes';
import { useErrorText } from '../../shared/states/useErrorText';
import { useTranslation } from '../../translations/useTranslation';
import { useApiSearch } from './useApiSearch';

const ID = 'api-keys-scopes-apis';
const PROBLEM_ID = `${ID}-problem`;

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(1.5) },
  scope: {
    fontFamily: 'monospace',
    fontSize: '0.9em',
    overflowWrap: 'anywhere',
  },
}));

type ApiScopesFieldProps = {
  value: readonly ScopedApi[];
  onChange: (value: ScopedApi[]) => void;
  disabled: boolean;
};

/** Picks APIs of the catalog by title. */
export function ApiScopesField(props: ApiScopesFieldProps) {
  const { value, onChange, disabled } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const errorText = useErrorText();
  const [typed, setTyped] = useState('');
  const { stripSecrets, notice } = useSecretNotice('own');
  const { apis, loading, error } = useApiSearch(typed);
  // The Autocomplete resets the typed text if it gets a new array.
  const scopes = value.map(({ scope, title }) => `${scope} ${title}`).join();
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const picked = useMemo(() => [...value], [scopes]);

  const isPicked = ({ scope }: ScopedApi) =>
    picked.some(one => one.scope === scope);

  return (
    <div className={classes.root}>
      <Autocomplete<ScopedApi, true, false, false>
        id={ID}
        // Material UI 4 sets `aria-owns` (ARIA 1.0) only.
        aria-controls={`${ID}-popup`}
        multiple
        filterSelectedOptions
        size="small"
        disabled={disabled}
        // Includes the picked ones, or Material UI warns about them; `filterSelectedOptions` hides them.
        options={[...picked, ...apis.filter(api => !isPicked(api))]}
        loading={loading}
        loadingText={t('scopes.apisLoading')}
        noOptionsText={
          typed.trim() ? t('scopes.apisNone') : t('scopes.apisHint')
        }
        // The catalog has filtered the options.
        filterOptions={found => found}
        getOptionLabel={({ title }) => title}
        getOptionSelected={(option, { scope }) => option.scope === scope}
        renderOption={({ title, scope }) => (
          <span>
            {title}
            <Typography
              className={classes.scope}
              variant="caption"
              color="textSecondary"
              display="block"
            >
              {scope}
            </Typography>
          </span>
        )}
        renderTags={(tags, getTagProps) =>
          tags.map(({ title, scope }, index) => (
            <Chip
              {...getTagProps({ index })}
              key={scope}
              size="small"
              title={scope}
              label={
                <>
                  {title !== scope && `${title} `}
                  <span className={classes.scope}>{scope}</span>
                </>
              }
            />
          ))
        }
        value={picked}
        onChange={(_event, next) => onChange(next)}
        inputValue={typed}
        onInputChange={(_event, text) => setTyped(stripSecrets(text))}
        renderInput={params => (
          <TextField
            {...params}
            label={t('scopes.apis')}
            helperText={t('scopes.apisHint')}
            onKeyDown={preventEnterSubmit}
            inputProps={{
              ...params.inputProps,
              spellCheck: false,
              'aria-describedby': error
                ? `${PROBLEM_ID} ${ID}-helper-text`
                : `${ID}-helper-text`,
            }}
            InputLabelProps={{ shrink: true }}
            variant="outlined"
          />
        )}
      />
      {notice}
      {error && (
        <FieldError id={PROBLEM_ID}>
          {t('scopes.apisFailed', { reason: errorText(error) })}
        </FieldError>
      )}
    </div>
  );
}
