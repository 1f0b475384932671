import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { KeyIcon } from '../keys/KeyIcon';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    textAlign: 'center',
    padding: theme.spacing(6, 2),
  },
  icon: { color: theme.palette.text.secondary },
  text: {
    maxWidth: 480,
    margin: theme.spacing(1, 0, 3),
    color: theme.palette.text.secondary,
  },
}));

type EmptyStateProps = {
  title: string;
  text: ReactNode;
  action?: ReactNode;
};

/** Placeholder for an empty list, with an explanation. */
export function EmptyState(props: EmptyStateProps) {
  const { title, text, action } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <span className={classes.icon}>
        <KeyIcon />
      </span>
      <Typography variant="h6" component="h2">
        {title}
      </Typography>
      <Typography variant="body1" className={classes.text}>
        {text}
      </Typography>
      {action}
    </div>
  );
}
