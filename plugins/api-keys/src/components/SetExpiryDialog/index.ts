export { SetExpiryDialog } from './SetExpiryDialog';
