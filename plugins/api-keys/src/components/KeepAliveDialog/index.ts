export { KeepAliveDialog } from './KeepAliveDialog';
