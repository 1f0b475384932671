export { InventoryCharts } from './InventoryCharts';
