import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { apiKeysTranslationRef } from './translationRef';

const ENGLISH = {
  'places.page': 'My API Keys',
  'places.adminPage': 'API keys admin',
  'places.title': 'API keys',
} as const;

/**
 * Returns the title of an extension: a message in apps that translate titles (since Backstage 1.57), English in older
 * ones.
 *
 * A message takes precedence over a configured title, so callers use the configured one first.
 *
 * @param dataRefs - data references of the extension's blueprint
 */
export const titleOf = (
  key: keyof typeof ENGLISH,
  dataRefs: object = coreExtensionData,
) =>
  'titleTranslation' in dataRefs && typeof apiKeysTranslationRef === 'function'
    ? apiKeysTranslationRef(key)
    : ENGLISH[key];
