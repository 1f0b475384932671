import { renderHook } from '@testing-library/react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { appLanguageApiRef } from '@backstage/core-plugin-api/alpha';
import { useLocale } from './useLocale';

afterEach(() => jest.restoreAllMocks());

it.each<[string, string[], string]>([
  [
    'the variant that the browser prefers',
    ['de-AT', 'en-GB', 'en-US'],
    'en-GB',
  ],
  ['the language itself if the browser has none of it', ['de-AT'], 'en'],
  ['no locale that dates cannot be formatted in', ['en-US@posix'], 'en'],
])('is %s', (_, languages, locale) => {
  jest.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);
  const appLanguage = { getLanguage: () => ({ language: 'en' }) };
  const { result } = renderHook(() => useLocale(), {
    wrapper: ({ children }) => (
      <TestApiProvider apis={[[appLanguageApiRef, appLanguage as never]]}>
        {children}
      </TestApiProvider>
    ),
  });
  expect(result.current).toBe(locale);
});
