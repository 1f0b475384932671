import { useApi } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '../backstage/translations';

/**
 * Returns the locale for dates: the language of the app, in the browser's regional variant of it, so that texts and
 * dates match.
 *
 * It does not subscribe to language changes: components that use it also use translations, which do.
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

/** Browsers under a POSIX locale report `en-US@posix`, for which date formatters throw. */
function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}
