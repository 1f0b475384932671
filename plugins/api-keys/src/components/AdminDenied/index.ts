export { AdminDenied } from './AdminDenied';
