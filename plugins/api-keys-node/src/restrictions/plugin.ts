import { allowsPlugin } from 'backstage-plugin-api-keys-common';
import { findRepeated } from './findRepeated';
import { Restriction } from './Restriction';

const FOR_NOTHING =
  'accessRestrictions: must list at least one plugin, or the API key has to carry scopes';

/** The plugins that a key may be used for. */
export const pluginRestriction: Restriction = {
  kind: 'plugin',

  parse({ accessRestrictions, scopes }) {
    if (!accessRestrictions) return { restrictions: {}, problems: [] };
    const plugins = accessRestrictions.map(({ plugin }) => plugin);
    const isForNothing = plugins.length === 0 && !scopes;
    return {
      restrictions: { accessRestrictions },
      problems: isForNothing
        ? [FOR_NOTHING]
        : findRepeated(plugins, i => `accessRestrictions[${i}].plugin`),
    };
  },

  check: (key, { plugin }) => plugin === undefined || allowsPlugin(key, plugin),

  describe(key, { plugin }) {
    const allowed = key.accessRestrictions
      ?.map(one => one.plugin)
      .filter(one => allowsPlugin(key, one));
    return {
      message: `The API key may not be used for the plugin '${plugin}'${
        allowed ? `, ${describePlugins(allowed)}` : ''
      }`,
    };
  },
};

function describePlugins(plugins: readonly string[]): string {
  return plugins.length > 0
    ? `only for ${plugins.map(plugin => `'${plugin}'`).join(', ')}`
    : 'nor for any other';
}
