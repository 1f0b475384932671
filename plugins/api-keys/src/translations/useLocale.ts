import { useApi } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '../backstage/translations';

/**
 * The locale for dates: the language of the app, in the regional variant of the browser if it has one. So
 * dates and texts never speak different languages, and a British reader gets British dates.
 *
 * It does not watch for a change of language: the components that use it also use translations, and those do.
 */
export function useLocale(): string {
  const { language } = useApi(appLanguageApiRef).getLanguage();
  const preferred = [...(navigator.languages ?? [])];
  return (
    preferred.find(
      tag => tag.split('-')[0] === language && isLanguageTag(tag),
    ) ?? language
  );
}

/** Browsers under a POSIX locale offer `en-US@posix`, at which every formatter of dates throws. */
function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}
