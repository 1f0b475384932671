import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../translations/useTranslation';
import { useFilterStyles } from '../fields/useFilterStyles';
import { toKeyId } from '../filters/trailFilters';
import { useSecretNotice } from '../pasted-secret/useSecretNotice';

const useStyles = makeStyles(
  theme => ({
    // On the page itself red is too pale to read; the border is enough of it.
    root: { '& .Mui-error': { color: theme.palette.text.primary } },
  }),
  // After those of Material UI.
  { index: 1 },
);

type KeyIdFieldProps = {
  id: string;
  /** Empty for every key. */
  value: string;
  onChange: (value: string) => void;
};

/** Takes the id of a key. Nothing less than a whole one counts, so that the list is always what the filters say. */
export function KeyIdField(props: KeyIdFieldProps) {
  const { id, value, onChange } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const { owner } = useFilterStyles();
  const { root } = useStyles();
  const { takeOut, notice } = useSecretNotice('all');
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
        onChange={event => change(takeOut(event.target.value))}
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
