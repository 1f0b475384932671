import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import { FormEvent, ReactNode } from 'react';
import { DialogButtons } from './DialogButtons';
import { useDialog } from './DialogFrame';

const useStyles = makeStyles({
  // Only the content scrolls; title and buttons stay in view.
  form: { display: 'flex', flexDirection: 'column', minHeight: 0 },
  title: { overflowWrap: 'anywhere' },
});

type DialogBodyProps = {
  title: ReactNode;
  buttons: ReactNode;
  /** Turns the body into a form. */
  onSubmit?: () => void;
  children?: ReactNode;
};

/** Title, content and buttons of a dialog. */
export function DialogBody(props: DialogBodyProps) {
  const { title, buttons, onSubmit, children } = props;
  const { titleId } = useDialog();
  const classes = useStyles();
  const body = (
    <>
      <DialogTitle id={titleId} className={classes.title}>
        {title}
      </DialogTitle>
      <DialogContent>{children}</DialogContent>
      <DialogButtons>{buttons}</DialogButtons>
    </>
  );
  if (!onSubmit) return body;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {body}
    </form>
  );
}

type DialogTextProps = { children?: ReactNode };

/** The text that describes a dialog to screen readers. Its frame has to be `described`. */
export function DialogText({ children }: DialogTextProps) {
  return <div id={useDialog().textId}>{children}</div>;
}
