import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import {
  PermissionAction,
  RightsSentence,
  rightsSentence,
  SentencePart,
} from './restrictions';

/** Plugins that have a name in words. */
const NAMED = [
  'catalog',
  'scaffolder',
  'search',
  'techdocs',
  'notifications',
  'mcp-actions',
] as const;

/** Beyond that, plugins and scopes are counted. */
const LISTED_MAX = 4;

/** Says in words what keys may do. */
export function useRightsTexts(): {
  /**
   * The whole in one sentence, without a full stop.
   *
   * @param everything - what it means that there are no restrictions
   * @param outside - what the scopes of the key are called; left out where nobody knows of scopes
   */
  sentenceOf: (
    restrictions: ApiKey['accessRestrictions'],
    everything: string,
    forbidden?: readonly string[],
    outside?: readonly string[],
  ) => string;
  /** What some scopes open, by what they are called. */
  scopesInWords: (titles: readonly string[]) => string;
  /** What some permissions are for. */
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
