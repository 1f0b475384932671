export { LastDayField } from './LastDayField';
