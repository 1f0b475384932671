import TextField from '@material-ui/core/TextField';
import { API_KEY_QUERY_MAX_LENGTH } from 'backstage-plugin-api-keys-common';
import { useTexts } from '../../hooks/useTexts';
import { useFilterStyles } from './useFilterStyles';

/** Looks for a text in the keys. */
export const SearchField = (props: {
  id: string;
  value: string;
  onChange: (value: string) => void;
}) => {
  const { id, value, onChange } = props;
  const { t } = useTexts();
  return (
    <TextField
      id={id}
      className={useFilterStyles().search}
      type="search"
      label={t('filter.search')}
      placeholder={t('filter.searchHint')}
      value={value}
      onChange={event => onChange(event.target.value)}
      inputProps={{ maxLength: API_KEY_QUERY_MAX_LENGTH }}
      InputLabelProps={{ shrink: true }}
      variant="outlined"
      size="small"
    />
  );
};
