import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useId } from 'react';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), minWidth: 0 },
}));

/** A part of the page, under a heading of its own. */
export const KeySection = (props: { title: string; children: ReactNode }) => {
  const { title, children } = props;
  const id = useId();
  return (
    <Paper
      component="section"
      aria-labelledby={id}
      className={useStyles().root}
    >
      <Typography id={id} variant="h6" component="h3" gutterBottom>
        {title}
      </Typography>
      {children}
    </Paper>
  );
};
