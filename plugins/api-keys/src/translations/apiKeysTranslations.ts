import { createTranslationResource } from '../backstage/translations';
import { apiKeysTranslationRef } from './translationRef';

/**
 * Translations of the plugin that an app can install in addition to English: German (`de`). Each loads when a user selects it.
 *
 * @public
 */
export const apiKeysTranslations = createTranslationResource({
  ref: apiKeysTranslationRef,
  translations: { de: () => import('./de') },
});
