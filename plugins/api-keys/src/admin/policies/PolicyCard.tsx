import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2, 3, 3) },
  hint: { color: theme.palette.text.secondary },
}));

type PolicyCardProps = {
  /** Has to be unique on the page. */
  titleId: string;
  title: string;
  hint: string;
  children: ReactNode;
};

/** A card for a policy. */
export function PolicyCard(props: PolicyCardProps) {
  const { titleId, title, hint, children } = props;
  const classes = useStyles();
  return (
    <Paper
      component="section"
      className={classes.root}
      aria-labelledby={titleId}
    >
      <Typography id={titleId} variant="h6" component="h2">
        {title}
      </Typography>
      <Typography variant="body2" className={classes.hint}>
        {hint}
      </Typography>
      {children}
    </Paper>
  );
}
