export { UpcomingWarnings } from './UpcomingWarnings';
