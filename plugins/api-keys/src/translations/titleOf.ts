import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { apiKeysTranslationRef } from './translationRef';

const ENGLISH = {
  'places.page': 'My API Keys',
  'places.adminPage': 'API keys admin',
  'places.title': 'API keys',
} as const;

/**
 * The title of an extension: a message where titles are translated, as since Backstage 1.57; English in older apps.
 *
 * A message goes before the title that an app gives the extension in its configuration: ask for that one first.
 *
 * @param dataRefs - what extensions of the kind hold
 */
export const titleOf = (
  key: keyof typeof ENGLISH,
  dataRefs: object = coreExtensionData,
) =>
  'titleTranslation' in dataRefs && typeof apiKeysTranslationRef === 'function'
    ? apiKeysTranslationRef(key)
    : ENGLISH[key];
