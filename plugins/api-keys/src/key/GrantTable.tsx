import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Grant } from '../shared/restrictions/restrictions';
import { useGrantTexts } from '../shared/restrictions/useGrantTexts';
import { useTranslation } from '../translations/useTranslation';

/** Style sheets are ordered by module load order, which can differ after a reload. */
const AFTER_MATERIAL_UI = { index: 1 };

const useStyles = makeStyles(
  theme => ({
    table: { marginTop: theme.spacing(1) },
    cell: {
      padding: theme.spacing(0.75, 1, 0.75, 0),
      verticalAlign: 'top',
      overflowWrap: 'anywhere',
    },
    permissions: { margin: 0, padding: 0, listStyle: 'none' },
    permission: { fontFamily: 'monospace', fontSize: '0.95em' },
  }),
  AFTER_MATERIAL_UI,
);

type GrantTableProps = { grants: Grant[] };

/** Table of what a key can do in each plugin. */
export function GrantTable({ grants }: GrantTableProps) {
  const { t } = useTranslation();
  const grantInWords = useGrantTexts();
  const classes = useStyles();
  return (
    <Table
      size="small"
      className={classes.table}
      aria-label={t('keyRights.table')}
    >
      <TableHead>
        <TableRow>
          <TableCell className={classes.cell}>
            {t('keyRights.plugin')}
          </TableCell>
          <TableCell className={classes.cell}>{t('keyRights.may')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {grants.map(grant => (
          <TableRow key={grant.plugin}>
            <TableCell component="th" scope="row" className={classes.cell}>
              {grant.plugin}
            </TableCell>
            <TableCell className={classes.cell}>
              {grantInWords(grant)}
              {grant.kind === 'permissions' && (
                <ul className={classes.permissions}>
                  {grant.permissions.map(name => (
                    <li key={name} className={classes.permission}>
                      {name}
                    </li>
                  ))}
                </ul>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
