import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import FileCopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useState } from 'react';
import { copyText } from './copyText';

const useStyles = makeStyles(theme => ({
  value: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  button: { margin: theme.spacing(-0.5, 0) },
}));

type CopyInlineProps = {
  value: string;
  copyLabel: string;
  /** Shown after copying. */
  copied: string;
  /** Shown if the browser refuses to copy. */
  refused: string;
};

/** Inline text with a copy button. */
export function CopyInline(props: CopyInlineProps) {
  const { value, copyLabel, copied, refused } = props;
  const classes = useStyles();
  const [outcome, setOutcome] = useState<string>();
  const copy = async () => {
    setOutcome(undefined);
    setOutcome((await copyText(value)) ? copied : refused);
  };
  return (
    <>
      <span className={classes.value}>{value}</span>{' '}
      <Tooltip title={copyLabel}>
        <IconButton
          size="small"
          className={classes.button}
          aria-label={copyLabel}
          onClick={copy}
        >
          <FileCopyIcon fontSize="small" />
        </IconButton>
      </Tooltip>{' '}
      <span role="status">{outcome}</span>
    </>
  );
}
