export { InventoryFilterBar } from './InventoryFilterBar';
