/* Backstage's translation API (alpha). */
export {
  appLanguageApiRef,
  createTranslationMessages,
  createTranslationRef,
  createTranslationResource,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
