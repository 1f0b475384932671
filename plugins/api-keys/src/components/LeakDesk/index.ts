export { LeakDesk } from './LeakDesk';
