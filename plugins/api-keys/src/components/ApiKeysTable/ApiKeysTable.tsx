import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { apiKeysTranslationRef } from '../../translation';
import { ApiKeyRow } from './ApiKeyRow';
import { useTableStyles } from './useTableStyles';

const COLUMNS = [
  'name',
  'status',
  'created',
  'expires',
  'lastUsed',
  'actions',
] as const;

/** Keys, and what can be done with each. */
export const ApiKeysTable = (props: {
  keys: ApiKey[];
  /** Other keys are on their way. */
  updating: boolean;
  onEdit: (apiKey: ApiKey) => void;
  onRevoke: (apiKey: ApiKey) => void;
}) => {
  const { keys, updating, onEdit, onRevoke } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useTableStyles();
  return (
    <Table
      role="table"
      aria-label={t('list.label')}
      aria-busy={updating}
      className={`${classes.table} ${updating ? classes.updating : ''}`}
    >
      <TableHead role="rowgroup" className={classes.head}>
        <TableRow role="row">
          {COLUMNS.map(column => (
            <TableCell
              key={column}
              role="columnheader"
              className={`${classes.cell} ${
                column === 'actions' ? classes.actionsCell : classes.inOneLine
              }`}
            >
              {t(`column.${column}`)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody role="rowgroup" className={classes.body}>
        {keys.map(apiKey => (
          <ApiKeyRow
            key={apiKey.id}
            apiKey={apiKey}
            onEdit={onEdit}
            onRevoke={onRevoke}
          />
        ))}
      </TableBody>
    </Table>
  );
};
