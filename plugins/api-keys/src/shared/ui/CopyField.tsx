import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import FileCopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useState } from 'react';
import { useTranslation } from '../../translations/useTranslation';
import { copyText } from './copyText';
import { useFocusOnMount } from './useFocusOnMount';

const useStyles = makeStyles(theme => ({
  text: {
    // Material UI sets the font on the element itself.
    '& textarea': {
      fontFamily: 'monospace',
      fontSize: '0.875rem',
      lineHeight: 1.4,
      overflowWrap: 'anywhere',
    },
  },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
    minHeight: theme.spacing(5),
  },
}));

type CopyFieldProps = {
  id: string;
  label: string;
  copyLabel: string;
  value: string;
  /** Focuses and selects the text on mount. */
  startHere?: boolean;
};

/** Read-only text with a copy button. */
export function CopyField(props: CopyFieldProps) {
  const { id, label, copyLabel, value, startHere } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const input = useFocusOnMount<HTMLTextAreaElement>(startHere ?? false);
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();

  const copy = async () => {
    setOutcome(undefined);
    if (await copyText(value)) {
      setOutcome('copied');
      return;
    }
    input.current?.focus();
    input.current?.select();
    setOutcome('refused');
  };

  return (
    <Box mb={2}>
      <TextField
        id={id}
        label={label}
        value={value}
        inputRef={input}
        variant="outlined"
        fullWidth
        multiline
        InputProps={{ readOnly: true, className: classes.text }}
        // Spell checkers can send the text to a server.
        inputProps={{ spellCheck: false, autoComplete: 'off' }}
        onFocus={event => event.target.select()}
      />
      <div className={classes.row}>
        <Button
          variant="outlined"
          color="primary"
          startIcon={<FileCopyIcon />}
          onClick={copy}
        >
          {copyLabel}
        </Button>
        <Typography variant="body2" role="status">
          {outcome && t(`copy.${outcome}`)}
        </Typography>
      </div>
    </Box>
  );
}
