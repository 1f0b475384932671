export { RevokeKeysDialog } from './RevokeKeysDialog';
