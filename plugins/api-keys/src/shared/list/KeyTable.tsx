import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { ReactNode } from 'react';
import { useTableStyles } from './useTableStyles';

type KeyTableProps = {
  label: string;
  columns: { id: string; title: ReactNode; className?: string }[];
  /** Set while other keys are loading. */
  updating: boolean;
  children: ReactNode;
};

/** Table of keys. */
export function KeyTable(props: KeyTableProps) {
  const { label, columns, updating, children } = props;
  const classes = useTableStyles();
  return (
    <Table
      role="table"
      aria-label={label}
      aria-busy={updating}
      className={`${classes.table} ${updating ? classes.updating : ''}`}
    >
      <TableHead role="rowgroup" className={classes.head}>
        <TableRow role="row">
          {columns.map(({ id, title, className = classes.inOneLine }) => (
            <TableCell
              key={id}
              role="columnheader"
              className={`${classes.cell} ${className}`}
            >
              {title}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody role="rowgroup" className={classes.body}>
        {children}
      </TableBody>
    </Table>
  );
}
