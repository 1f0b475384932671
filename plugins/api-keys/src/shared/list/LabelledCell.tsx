import TableCell from '@material-ui/core/TableCell';
import { ReactNode } from 'react';
import { useTableStyles } from './useTableStyles';

type LabelledCellProps = {
  label: string;
  /** How the text may break; not at all if left out. */
  className?: string;
  children: ReactNode;
};

/** A cell that carries its own label, for where there is no room for a header row. */
export function LabelledCell(props: LabelledCellProps) {
  const classes = useTableStyles();
  const { label, className = classes.inOneLine, children } = props;
  return (
    <TableCell role="cell" className={`${classes.cell} ${className}`}>
      <span className={classes.label}>{label}</span>
      <div>{children}</div>
    </TableCell>
  );
}
