/*
 * Backstage's translations: messages with placeholders and plurals, per language, which load when somebody chooses the language.
 */
export {
  appLanguageApiRef,
  createTranslationMessages,
  createTranslationRef,
  createTranslationResource,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
