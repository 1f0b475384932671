import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: theme.spacing(1, 0, 0.5),
    padding: 0,
    maxHeight: 340,
    overflowY: 'auto',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  none: { padding: theme.spacing(1.5, 2) },
}));

type PickerListProps = {
  label: string;
  /** Shown if there are no items. */
  none: string;
  items: ReactNode[];
};

/** Scrollable list of options. */
export function PickerList(props: PickerListProps) {
  const { label, none, items } = props;
  const classes = useStyles();
  return (
    <ul className={classes.root} aria-label={label}>
      {items}
      {items.length === 0 && (
        <li className={classes.none}>
          <Typography variant="body2">{none}</Typography>
        </li>
      )}
    </ul>
  );
}
