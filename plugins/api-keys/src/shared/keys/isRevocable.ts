import { ApiKey } from 'backstage-plugin-api-keys-common';

/** Returns true for a key that is not revoked. Expired keys can be revoked, so that they cannot be extended. */
export const isRevocable = (apiKey: ApiKey) => apiKey.status !== 'revoked';
