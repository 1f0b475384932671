import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(2),
    marginBottom: theme.spacing(4),
    borderLeft: '4px solid',
  },
  info: { borderLeftColor: theme.palette.info.main },
  error: { borderLeftColor: theme.palette.error.main },
}));

/** Shows a problem and a button to try again. */
export function Notice(props: {
  severity: 'info' | 'error';
  children: ReactNode;
  onRetry?: () => void;
}) {
  const { severity, children, onRetry } = props;
  const classes = useStyles();
  return (
    <Paper
      variant="outlined"
      role={severity === 'error' ? 'alert' : 'status'}
      className={`${classes.root} ${classes[severity]}`}
    >
      <Typography variant="body2">{children}</Typography>
      {onRetry && (
        <Button variant="outlined" size="small" onClick={onRetry}>
          Try now
        </Button>
      )}
    </Paper>
  );
}
