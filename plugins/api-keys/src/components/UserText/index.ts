export { UserText } from './UserText';
