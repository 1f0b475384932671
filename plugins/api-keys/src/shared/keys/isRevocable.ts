import { ApiKey } from 'backstage-plugin-api-keys-common';

/** Whether a key is still to be revoked: also an expired one can be, so that nobody lets it live again. */
export const isRevocable = (apiKey: ApiKey) => apiKey.status !== 'revoked';
