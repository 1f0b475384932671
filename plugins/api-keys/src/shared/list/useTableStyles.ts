import { createStyles, makeStyles, Theme } from '@material-ui/core/styles';

/** Style sheets are ordered by module load order, which can differ after a reload. */
const AFTER_MATERIAL_UI = { index: 1 };

/**
 * Styles of a table that turns rows into cards on narrow screens. Markup has to set the table roles, since `display:
 * block` removes them.
 */
export const useTableStyles = makeStyles(styles, AFTER_MATERIAL_UI);

function styles(theme: Theme) {
  const narrow = theme.breakpoints.down('sm');
  return createStyles({
    table: { [narrow]: { display: 'block' } },
    head: { [narrow]: { display: 'none' } },
    body: { [narrow]: { display: 'block' } },
    row: {
      [narrow]: {
        display: 'block',
        position: 'relative',
        padding: theme.spacing(1.5, 2),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
    },
    cell: {
      lineHeight: 1.43,
      padding: theme.spacing(1.5, 2),
      [narrow]: {
        display: 'flex',
        justifyContent: 'space-between',
        gap: theme.spacing(2),
        padding: theme.spacing(0.5, 0),
        borderBottom: 0,
        textAlign: 'right',
      },
    },
    inOneLine: { whiteSpace: 'nowrap' },
    nameCell: {
      minWidth: 160,
      overflowWrap: 'anywhere',
      [narrow]: { display: 'block', textAlign: 'left' },
    },
    // On a card, the top corner.
    selectCell: {
      width: 1,
      padding: theme.spacing(0, 0, 0, 1),
      [narrow]: {
        position: 'absolute',
        top: theme.spacing(0.5),
        right: theme.spacing(1),
        width: 'auto',
        borderBottom: 0,
      },
    },
    // On a card, the bottom corner.
    menuCell: {
      width: 1,
      padding: theme.spacing(0, 1, 0, 0),
      [narrow]: {
        position: 'absolute',
        top: theme.spacing(0.5),
        right: theme.spacing(5),
        width: 'auto',
        padding: 0,
        borderBottom: 0,
      },
    },
    visuallyHidden: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
      whiteSpace: 'nowrap',
    },
    besideSelect: { [narrow]: { paddingRight: theme.spacing(9) } },
    anywhere: { overflowWrap: 'anywhere' },
    actionsCell: {
      whiteSpace: 'nowrap',
      textAlign: 'right',
      [narrow]: { justifyContent: 'flex-end' },
    },
    label: {
      display: 'none',
      color: theme.palette.text.secondary,
      [narrow]: { display: 'inline' },
    },
    name: { fontWeight: 600 },
    hint: {
      fontFamily: 'monospace',
      color: theme.palette.text.secondary,
      whiteSpace: 'nowrap',
    },
    description: {
      color: theme.palette.text.secondary,
      display: '-webkit-box',
      WebkitBoxOrient: 'vertical',
      WebkitLineClamp: 2,
      overflow: 'hidden',
    },
    detail: {
      color: theme.palette.text.secondary,
      fontSize: '0.85em',
      whiteSpace: 'normal',
    },
    updating: { opacity: 0.6 },
  });
}
