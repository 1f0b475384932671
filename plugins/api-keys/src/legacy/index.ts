/**
 * The plugin for apps on the old frontend system, which place its components themselves.
 *
 * @packageDocumentation
 */
export { apiKeysApiRef } from '../api/apiKeysApiRef';
export { adminRouteRef, keyRouteRef, rootRouteRef } from '../routing/routes';
export { apiKeysTranslationRef } from '../translations/translationRef';
export { apiKeysTranslations } from '../translations/apiKeysTranslations';
export { ApiKeysAdminIcon } from './ApiKeysAdminIcon';
export { ApiKeysIcon } from './ApiKeysIcon';
export {
  ApiKeysAdminPage,
  ApiKeysPage,
  apiKeysPlugin,
  ApiKeysSettings,
  EntityApiKeysCard,
  EntityApiKeysContent,
  EntityApiScopeCard,
  HomeApiKeysCard,
} from './plugin';
