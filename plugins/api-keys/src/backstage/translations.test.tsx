import { createApp } from '@backstage/app-defaults';
import { useApi } from '@backstage/core-plugin-api';
import { render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import {
  appLanguageApiRef,
  createTranslationMessages,
  createTranslationRef,
  createTranslationResource,
  useTranslationRef,
} from './translations';

const probeTranslationRef = createTranslationRef({
  id: 'probe',
  messages: {
    greeting: 'Hello {{name}}',
    keys_one: '{{count}} key',
    keys_other: '{{count}} keys',
    nested: { deep: 'Deep' },
    english: 'In English',
  },
});

describe("Backstage's translations", () => {
  const load = jest.fn(async () => ({
    default: createTranslationMessages({
      ref: probeTranslationRef,
      messages: { greeting: 'Hallo {{name}}', keys_one: '{{count}} Schlüssel' },
    }),
  }));

  beforeEach(() => {
    jest.clearAllMocks();
    // The app stores the language here.
    localStorage.clear();
  });

  const Texts = () => {
    const { t } = useTranslationRef(probeTranslationRef);
    const { language } = useApi(appLanguageApiRef).getLanguage();
    return (
      <ul aria-label="texts">
        <li>{language}</li>
        <li>{t('greeting', { name: 'Ada' })}</li>
        <li>{t('greeting', { name: <b>Ada</b> })}</li>
        <li>{t('keys', { count: 1 })}</li>
        <li>{t('keys', { count: 2 })}</li>
        <li>{t('nested.deep')}</li>
        <li>{t('english')}</li>
      </ul>
    );
  };

  /** Returns the texts that a real app shows in a language. */
  async function textsIn(language: string): Promise<(string | null)[]> {
    const app = createApp({
      configLoader: async () => [],
      __experimentalTranslations: {
        defaultLanguage: language,
        availableLanguages: ['en', 'de'],
        resources: [
          createTranslationResource({
            ref: probeTranslationRef,
            translations: { de: load },
          }),
        ],
      },
    });
    const Root = app.createRoot(
      <Suspense fallback={null}>
        <Texts />
      </Suspense>,
    );
    render(<Root />);
    const { children } = await screen.findByRole('list', { name: 'texts' });
    return Array.from(children, ({ textContent }) => textContent);
  }

  it('fill in values and elements, choose by number, and find nested messages by a path', async () => {
    expect(await textsIn('en')).toEqual([
      'en',
      'Hello Ada',
      'Hello Ada',
      '1 key',
      '2 keys',
      'Deep',
      'In English',
    ]);
  });

  it('load a language when it is chosen, and fall back to English message by message', async () => {
    expect(await textsIn('de')).toEqual([
      'de',
      'Hallo Ada',
      'Hallo Ada',
      '1 Schlüssel',
      '2 keys',
      'Deep',
      'In English',
    ]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('load no language that is not chosen', async () => {
    await textsIn('en');
    expect(load).not.toHaveBeenCalled();
  });
});
