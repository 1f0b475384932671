import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../translations/useTranslation';
import { useFilterStyles } from '../fields/useFilterStyles';
import { toKeyId } from '../filters/trailFilters';
import { useSecretNotice } from '../pasted-secret/useSecretNotice';

const useStyles = makeStyles(
  theme => ({
    // On the page background, Material UI's red lacks contrast. The red border marks the error.
    root: { '& .Mui-error': { color: theme.palette.text.primary } },
  }),
  // Loads after Material UI's styles, to override them.
  { index: 1 },
);

type KeyIdFieldProps = {
  id: string;
  /** Empty for all keys. */
  value: string;
  onChange: (value: string) => void;
};

/** Filters by key id. Only complete ids are applied, so that the list always matches the filters. */
export function KeyIdField(props: KeyIdFieldProps) {
  const { id, value, onChange } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const { owner } = useFilterStyles();
  const { root } = useStyles();
  const { stripSecrets, notice } = useSecretNotice('all');
  const [left, setLeft] = useState(false);
  useEffect(() => setTyped(value), [value]);

  const change = (text: string) => {
    setTyped(text);
    setLeft(false);
    const keyId = text.trim() ? toKeyId(text) : '';
    if (keyId !== undefined && keyId !== value) onChange(keyId);
  };
  const isWrong = left && typed.trim() !== '' && toKeyId(typed) === undefined;

  return (
    <>
      <TextField
        id={id}
        className={`${owner} ${root}`}
        type="search"
        label={t('trailFilter.keyId')}
        placeholder={t('trailFilter.keyIdHint')}
        value={typed}
        onChange={event => change(stripSecrets(event.target.value))}
        onBlur={() => setLeft(true)}
        onKeyDown={event => event.key === 'Enter' && setLeft(true)}
        error={isWrong}
        helperText={isWrong ? t('trailFilter.keyIdWrong') : undefined}
        autoComplete="off"
        inputProps={{ spellCheck: false }}
        InputLabelProps={{ shrink: true }}
        variant="outlined"
        size="small"
      />
      {notice}
    </>
  );
}
