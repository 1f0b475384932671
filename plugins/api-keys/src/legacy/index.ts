/**
 * The plugin for apps on the old frontend system, where one puts its parts into place oneself.
 *
 * @packageDocumentation
 */
export { apiKeysApiRef } from '../api';
export { adminRouteRef, keyRouteRef, rootRouteRef } from '../routes';
export { apiKeysTranslationRef } from '../translation';
export { apiKeysTranslations } from '../translations';
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
