export { InventoryCell } from './columns';
export { ColumnsButton } from './ColumnsButton';
export { InventoryTable } from './InventoryTable';
export type { KeyActions } from './RowMenu';
export { useColumns } from './useColumns';
