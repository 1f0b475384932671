export { ConfirmOwnerDialog } from './ConfirmOwnerDialog';
