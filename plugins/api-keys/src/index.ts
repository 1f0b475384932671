/**
 * The page where developers make, watch and revoke their API keys, and the one where admins look after everybody's.
 *
 * @packageDocumentation
 */
export { apiKeysPlugin as default } from './plugin';
export { apiKeysApiRef } from './api';
export { adminRouteRef, keyRouteRef, rootRouteRef } from './routes';
export { apiKeysTranslationRef } from './translation';
export { apiKeysTranslations } from './translations';
