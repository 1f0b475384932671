import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode, useId } from 'react';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), minWidth: 0 },
}));

type KeySectionProps = {
  title: string;
  /** Set if the content brings its own card. */
  bare?: boolean;
  children: ReactNode;
};

/** A section of the page with a heading. */
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
