import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { FormEvent, useState } from 'react';
import { SubmitError } from '../../shared/dialogs/SubmitError';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { useTranslation } from '../../translations/useTranslation';
import { Leak } from './useLeaks';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(3, 2, 2) },
}));

type LeakFormProps = {
  search: (text: string) => Promise<Leak[]>;
  onFound: (leaks: Leak[]) => void;
};

/** Takes a text that can contain secrets. The text is dropped after the search. */
export function LeakForm(props: LeakFormProps) {
  const { search, onFound } = props;
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { submit, busy, error } = useSubmit(async () => {
    onFound(await search(text));
    setText('');
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };

  return (
    <Paper className={useStyles().root}>
      <form onSubmit={onSubmit} autoComplete="off">
        <TextField
          id="api-keys-leak"
          label={t('leak.text')}
          helperText={t('leak.textHint')}
          value={text}
          onChange={event => setText(event.target.value)}
          // Spell checkers can send the text to a server.
          inputProps={{ spellCheck: false, autoComplete: 'off' }}
          variant="outlined"
          disabled={busy}
          fullWidth
          multiline
          minRows={5}
          maxRows={15}
          InputLabelProps={{ shrink: true }}
        />
        <SubmitError error={error} />
        <Box mt={2}>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={busy || !text.trim()}
          >
            {t('leak.search')}
          </Button>
        </Box>
      </form>
    </Paper>
  );
}
