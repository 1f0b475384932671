/**
 * Pages for developers to manage their API keys, and for admins to manage all keys.
 *
 * @packageDocumentation
 */
export { apiKeysPlugin as default } from './plugin';
export { apiKeysApiRef } from './api/apiKeysApiRef';
export { adminRouteRef, keyRouteRef, rootRouteRef } from './routing/routes';
export { apiKeysTranslationRef } from './translations/translationRef';
export { apiKeysTranslations } from './translations/apiKeysTranslations';
