import { createTranslationResource } from '../backstage/translations';
import { apiKeysTranslationRef } from './translationRef';

/**
 * The languages of the plugin besides English, for the app to install: German (`de`). Each loads when somebody chooses it.
 *
 * @public
 */
export const apiKeysTranslations = createTranslationResource({
  ref: apiKeysTranslationRef,
  translations: { de: () => import('./de') },
});
