import { createStyles, makeStyles, Theme } from '@material-ui/core/styles';

/** Loads after the styles of Material UI and of the table, to override them. */
export const useTrailStyles = makeStyles(styles, { index: 2 });

function styles(theme: Theme) {
  const narrow = theme.breakpoints.down('sm');
  return createStyles({
    what: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
    },
    // Joins an event and its details visually.
    openRow: {
      borderBottom: 0,
      '& > td': { borderBottom: 0 },
    },
    detailsRow: {
      [narrow]: {
        display: 'block',
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
    },
    detailsCell: {
      padding: theme.spacing(0, 2, 2, 6),
      [narrow]: {
        display: 'block',
        borderBottom: 0,
        padding: theme.spacing(0, 2, 2),
      },
    },
  });
}
