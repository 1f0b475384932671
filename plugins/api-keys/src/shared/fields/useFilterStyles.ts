import { makeStyles } from '@material-ui/core/styles';

/** Styles of a row of filters, which wraps. */
export const useFilterStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
    flex: '1 1 auto',
    // Placeholder grey lacks contrast on the page background.
    '& label': { color: theme.palette.text.primary },
    '& input': { textOverflow: 'ellipsis' },
  },
  search: { flex: '1 1 200px', maxWidth: 360 },
  owner: { flex: '1 1 180px', maxWidth: 260 },
  scope: { flex: '1 1 230px', maxWidth: 320 },
  choice: { flex: '1 1 150px', maxWidth: 180 },
  wideChoice: { flex: '1 1 220px', maxWidth: 240 },
  [theme.breakpoints.down('xs')]: {
    search: { maxWidth: 'none', flexBasis: '100%' },
    owner: { maxWidth: 'none', flexBasis: '100%' },
    scope: { maxWidth: 'none', flexBasis: '100%' },
    choice: { maxWidth: 'none' },
    wideChoice: { maxWidth: 'none' },
  },
}));
