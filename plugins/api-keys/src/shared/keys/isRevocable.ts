import { ApiKey } from 'backstage-plugin-api-keys-common';

/** Returns true for a key that is not revoked. Expired keys can be revoked, so that nobody extends them. */
export const isRevocable = (apiKey: ApiKey) => apiKey.status !== 'revoked';
