export { AdminNavIcon } from './AdminNavIcon';
