export { BarChart } from './BarChart';
export type { Bar } from './BarChart';
