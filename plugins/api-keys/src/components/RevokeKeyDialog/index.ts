export { RevokeKeyDialog } from './RevokeKeyDialog';
