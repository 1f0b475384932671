export { KeyTable } from './KeyTable';
export { LabelledCell } from './LabelledCell';
export { KeyExpiry, KeyLastUse, KeyName, KeyState } from './cells';
export { useTableStyles } from './useTableStyles';
