export { Inventory } from './Inventory';
