import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    backgroundColor: theme.palette.error.main,
    color: theme.palette.error.contrastText,
    '&:hover': { backgroundColor: theme.palette.error.dark },
  },
}));

/** Does what cannot be undone. */
export const DangerButton = (props: {
  disabled: boolean;
  onClick: () => void;
  children: ReactNode;
}) => <Button className={useStyles().root} variant="contained" {...props} />;
