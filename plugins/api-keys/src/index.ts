/**
 * The page where developers make, watch and revoke their API keys, and the one where admins look after everybody's.
 *
 * @packageDocumentation
 */
export { apiKeysPlugin as default } from './plugin';
export { apiKeysApiRef } from './api/apiKeysApiRef';
export { adminRouteRef, keyRouteRef, rootRouteRef } from './routing/routes';
export { apiKeysTranslationRef } from './translations/translationRef';
export { apiKeysTranslations } from './translations/apiKeysTranslations';
