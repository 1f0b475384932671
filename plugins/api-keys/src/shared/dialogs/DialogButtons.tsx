import DialogActions from '@material-ui/core/DialogActions';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1, 3, 3),
    // On narrow screens, a long label wraps to a separate line.
    flexWrap: 'wrap',
    rowGap: theme.spacing(1),
    '& > *': { whiteSpace: 'nowrap' },
  },
}));

type DialogButtonsProps = { children: ReactNode };

/** Buttons of a dialog, aligned with its content. */
export function DialogButtons({ children }: DialogButtonsProps) {
  return <DialogActions className={useStyles().root}>{children}</DialogActions>;
}
