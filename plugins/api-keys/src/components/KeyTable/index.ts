export { KeyTable } from './KeyTable';
export { LabelledCell } from './LabelledCell';
export { KeyExpiry, KeyLastUse, KeyName, KeyState } from './cells';
export { KeyRestrictions } from './KeyRestrictions';
export { useTableStyles } from './useTableStyles';
