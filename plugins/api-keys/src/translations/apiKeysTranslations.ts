import { createTranslationResource } from '../backstage/translations';
import { apiKeysTranslationRef } from './translationRef';

/**
 * Languages of the plugin besides English, for the app to install: German (`de`). Each loads when a user selects it.
 *
 * @public
 */
export const apiKeysTranslations = createTranslationResource({
  ref: apiKeysTranslationRef,
  translations: { de: () => import('./de') },
});
