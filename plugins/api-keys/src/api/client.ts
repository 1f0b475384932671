// Alone, so that bundlers put the client and what it is made of into a file of its own.
export { ApiKeysClient } from 'backstage-plugin-api-keys-common';
