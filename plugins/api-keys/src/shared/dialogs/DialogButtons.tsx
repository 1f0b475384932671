import DialogActions from '@material-ui/core/DialogActions';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1, 3, 3),
    // On a phone a long label has a line of its own rather than four lines beside the others.
    flexWrap: 'wrap',
    rowGap: theme.spacing(1),
    '& > *': { whiteSpace: 'nowrap' },
  },
}));

type DialogButtonsProps = { children: ReactNode };

/** The buttons of a dialog, in line with what stands above them. */
export function DialogButtons({ children }: DialogButtonsProps) {
  return <DialogActions className={useStyles().root}>{children}</DialogActions>;
}
