import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { ApiKeyScope } from 'backstage-plugin-api-keys-common';
import { useEffect, useState } from 'react';
import { useFilterStyles } from '../../../shared/fields/useFilterStyles';
import { useSecretNotice } from '../../../shared/pasted-secret/useSecretNotice';
import { searchScopes, toScope } from '../../../shared/restrictions/scopes';
import { useTranslation } from '../../../translations/useTranslation';

const ID = 'api-keys-scope';

const useStyles = makeStyles(
  theme => ({
    // On the page background, Material UI's red lacks contrast. The red border marks the error.
    root: { '& .Mui-error': { color: theme.palette.text.primary } },
    name: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  }),
  // Loads after Material UI's styles, to override them.
  { index: 1 },
);

type ScopeFieldProps = {
  offered: readonly ApiKeyScope[];
  /** Empty for all keys. */
  value: string;
  onChange: (value: string) => void;
};

/**
 * Filters by scope: one of the offered scopes or any typed name, since APIs of the catalog are too many for a list and
 * keys can have scopes that are no longer offered.
 */
export function ScopeField(props: ScopeFieldProps) {
  const { offered, value, onChange } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const [typed, setTyped] = useState(value);
  const { stripSecrets, notice } = useSecretNotice('all');
  const [left, setLeft] = useState(false);
  useEffect(() => setTyped(value), [value]);

  const take = (text: string) => {
    setLeft(true);
    const scope = text.trim() ? toScope(text) : '';
    if (scope === undefined) return;
    setTyped(scope);
    if (scope !== value) onChange(scope);
  };
  const isWrong = left && typed.trim() !== '' && toScope(typed) === undefined;

  return (
    <>
      <Autocomplete<ApiKeyScope, false, false, true>
        id={ID}
        // Material UI 4 sets `aria-owns` (ARIA 1.0) only.
        aria-controls={`${ID}-popup`}
        className={`${useFilterStyles().scope} ${classes.root}`}
        freeSolo
        options={[...offered]}
        filterOptions={options =>
          typed === value ? options : searchScopes(options, typed)
        }
        getOptionLabel={option =>
          typeof option === 'string' ? option : option.name
        }
        renderOption={({ name, title }) => (
          <span>
            {title}
            <Typography
              className={classes.name}
              variant="caption"
              color="textSecondary"
              display="block"
            >
              {name}
            </Typography>
          </span>
        )}
        value={null}
        inputValue={typed}
        onInputChange={(_event, text, reason) => {
          if (reason === 'input') {
            setTyped(stripSecrets(text));
            setLeft(false);
          }
          if (reason === 'clear') take('');
        }}
        onChange={(_event, picked) =>
          take(typeof picked === 'string' ? picked : picked?.name ?? '')
        }
        onBlur={() => take(typed)}
        renderInput={params => (
          <TextField
            {...params}
            label={t('scopeFilter.label')}
            placeholder={t('scopeFilter.hint')}
            error={isWrong}
            helperText={isWrong ? t('scopeFilter.wrong') : undefined}
            inputProps={{ ...params.inputProps, spellCheck: false }}
            InputLabelProps={{ shrink: true }}
            variant="outlined"
            size="small"
          />
        )}
      />
      {notice}
    </>
  );
}
