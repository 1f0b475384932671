import TextField from '@material-ui/core/TextField';
import { API_KEY_QUERY_MAX_LENGTH } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { SearchedKeys } from '../pasted-secret/useSecretLookup';
import { useSecretNotice } from '../pasted-secret/useSecretNotice';
import { useFilterStyles } from './useFilterStyles';

type SearchFieldProps = {
  id: string;
  value: string;
  onChange: (value: string) => void;
  /** Keys to search for the key of a pasted secret. */
  among: SearchedKeys;
};

/** Search field for keys. */
export function SearchField(props: SearchFieldProps) {
  const { id, value, onChange, among } = props;
  const { t } = useTranslation();
  const { search } = useFilterStyles();
  const { stripSecrets, notice } = useSecretNotice(among);
  return (
    <>
      <TextField
        id={id}
        className={search}
        type="search"
        label={t('filter.search')}
        placeholder={t('filter.searchHint')}
        value={value}
        onChange={event => onChange(stripSecrets(event.target.value))}
        autoComplete="off"
        // Spell checkers can send the text to a server.
        inputProps={{ maxLength: API_KEY_QUERY_MAX_LENGTH, spellCheck: false }}
        InputLabelProps={{ shrink: true }}
        variant="outlined"
        size="small"
      />
      {notice}
    </>
  );
}
