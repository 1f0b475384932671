// Separate module, so that bundlers put the client into a separate chunk.
export { ApiKeysClient } from 'backstage-plugin-api-keys-common';
