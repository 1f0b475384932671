import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import {
  PermissionAction,
  RightsSentence,
  rightsSentence,
  SentencePart,
} from './restrictions';

/** Plugins with a translated name. */
const NAMED = [
  'catalog',
  'scaffolder',
  'search',
  'techdocs',
  'notifications',
  'mcp-actions',
] as const;

/** Further plugins and scopes are only counted. */
const LISTED_MAX = 4;

/** Formats the rights of keys. */
export function useRightsTexts(): {
  /**
   * Returns the sentence, without a full stop.
   *
   * @param everything - text for a key without restrictions
   * @param outside - titles of the key's scopes; left out if the portal has none
   */
  sentenceOf: (
    restrictions: ApiKey['accessRestrictions'],
    everything: string,
    forbidden?: readonly string[],
    outside?: readonly string[],
  ) => string;
  /** Formats scopes, given their titles. */
  scopesInWords: (titles: readonly string[]) => string;
  /** Formats actions of permissions. */
  actionsInWords: (actions: readonly PermissionAction[]) => string;
} {
  const { t } = useTranslation();
  const locale = useLocale();
  const list = (words: string[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(words);

  const nameOf = (plugin: string, how: 'pluginRead' | 'pluginWithin') => {
    const known = NAMED.find(each => each === plugin);
    return known ? t(`${how}.${known}`) : t(`${how}.other`, { plugin });
  };
  const pluginsOf = (
    plugins: readonly string[],
    how: 'pluginRead' | 'pluginWithin',
  ) => {
    const isLong = plugins.length > LISTED_MAX;
    const named = isLong ? plugins.slice(0, LISTED_MAX - 1) : plugins;
    const count = plugins.length - named.length;
    return list([
      ...named.map(plugin => nameOf(plugin, how)),
      ...(isLong ? [t(`rightsSentence.${how}`, { count })] : []),
    ]);
  };
  const scopesInWords = (titles: readonly string[], more: string[] = []) => {
    const isLong = titles.length > LISTED_MAX;
    const named = isLong ? titles.slice(0, LISTED_MAX - 1) : titles;
    const count = titles.length - named.length;
    return list([
      ...named,
      ...(isLong ? [t('rightsSentence.scopes', { count })] : []),
      ...more,
    ]);
  };
  const actionsInWords = (actions: readonly PermissionAction[]) =>
    list(actions.map(action => t(`permissionAction.${action}`)));

  const wordsOf = (part: SentencePart) => {
    switch (part.kind) {
      case 'everything':
        return t('rightsSentence.all', {
          plugins: pluginsOf(part.plugins, 'pluginWithin'),
        });
      case 'reading':
        return t('rightsSentence.reads', {
          plugins: pluginsOf(part.plugins, 'pluginRead'),
        });
      case 'actions':
        return t('rightsSentence.actions', {
          actions: actionsInWords(part.actions),
          plugin: nameOf(part.plugin, 'pluginWithin'),
        });
      case 'permissions':
        return t('rightsSentence.permissions', {
          count: part.count,
          plugin: nameOf(part.plugin, 'pluginWithin'),
        });
      default:
        throw new Error(`Unknown part: ${part satisfies never}`);
    }
  };

  const insideInWords = (
    sentence: RightsSentence,
    everything: string,
    opensOthers: boolean,
  ) => {
    if (sentence.kind === 'nothing') return t('rightsSentence.nothing');
    if (sentence.kind === 'only') {
      const parts = sentence.parts.map(wordsOf).join('; ');
      const words = opensOthers
        ? t('rightsSentence.onlyInside', { parts })
        : t('rightsSentence.only', { parts });
      return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
    }
    return sentence.except.length > 0
      ? t('rightsSentence.except', {
          everything,
          plugins: pluginsOf(sentence.except, 'pluginWithin'),
        })
      : everything;
  };

  return {
    actionsInWords,
    scopesInWords,
    sentenceOf: (restrictions, everything, forbidden, outside) => {
      const sentence = rightsSentence(restrictions, forbidden);
      const unnamed =
        outside && !restrictions ? [t('rightsSentence.withoutScope')] : [];
      const services = scopesInWords(outside ?? [], unnamed);
      const inside = insideInWords(sentence, everything, services !== '');
      return services
        ? t('rightsSentence.outside', { inside, services })
        : inside;
    },
  };
}
