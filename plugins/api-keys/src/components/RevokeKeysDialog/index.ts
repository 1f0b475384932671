export { RevokeKeysDialog } from './RevokeKeysDialog';
export type { RevokeTarget } from './RevokeTarget';
