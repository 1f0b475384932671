/**
 * The page where developers make, watch and revoke their API keys.
 *
 * @packageDocumentation
 */
export { apiKeysPlugin as default } from './plugin';
export { apiKeysApiRef } from './api';
export { rootRouteRef } from './routes';
export { apiKeysTranslationRef } from './translation';
