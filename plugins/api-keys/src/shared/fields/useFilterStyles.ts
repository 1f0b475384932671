import { makeStyles } from '@material-ui/core/styles';

/** Filters in a row, which becomes several where it does not fit. */
export const useFilterStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
    flex: '1 1 auto',
    // The labels stand on the page itself, where the grey of placeholders is too pale to read.
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
