import TableCell from '@material-ui/core/TableCell';
import { ReactNode } from 'react';
import { useTableStyles } from './useTableStyles';

type LabelledCellProps = {
  label: string;
  /** Styles of line breaks. By default, the text does not wrap. */
  className?: string;
  children: ReactNode;
};

/** Table cell with its own label, for narrow screens without a header row. */
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
