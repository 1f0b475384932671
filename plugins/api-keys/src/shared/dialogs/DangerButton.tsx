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

type DangerButtonProps = {
  disabled: boolean;
  onClick: () => void;
  children: ReactNode;
};

/** Button of an action that cannot be undone. */
export function DangerButton(props: DangerButtonProps) {
  return <Button className={useStyles().root} variant="contained" {...props} />;
}
