import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useId } from 'react';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), minWidth: 0 },
}));

type KeySectionProps = {
  title: string;
  /** What is in it has a card of its own. */
  bare?: boolean;
  children: ReactNode;
};

/** A part of the page, under a heading of its own. */
export function KeySection(props: KeySectionProps) {
  const { title, bare, children } = props;
  const { root } = useStyles();
  const id = useId();
  const content = (
    <>
      <Typography id={id} variant="h6" component="h3" gutterBottom>
        {title}
      </Typography>
      {children}
    </>
  );
  return bare ? (
    <section aria-labelledby={id}>{content}</section>
  ) : (
    <Paper component="section" aria-labelledby={id} className={root}>
      {content}
    </Paper>
  );
}
