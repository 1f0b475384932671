import {
  ApiKeyAccessRestriction,
  ApiKeyPolicy,
} from 'backstage-plugin-api-keys-common';
import { hasReadPermission, reading, sameRestrictions } from './restrictions';
import { offersScopes } from './scopes';

/** Named choices, broadest first. `outside` grants nothing in Backstage, for keys of other services. */
export const RIGHTS_PRESETS = [
  'everything',
  'read',
  'catalog-read',
  'mcp',
  'outside',
] as const;

export type RightsPreset = (typeof RIGHTS_PRESETS)[number];

/** Chosen rights of a new key. */
export type RightsChoice = {
  preset: RightsPreset | 'choose';
  /** Chosen plugins; kept while a preset is selected. */
  chosen: readonly ApiKeyAccessRestriction[];
};

/** The part of a policy that limits the rights of new keys. */
export type RightsPolicy = Pick<
  ApiKeyPolicy,
  'plugins' | 'restrictions' | 'scopes'
>;

export type RightsError = 'nothing' | 'noPermissions' | 'tooMany';

/** Returns the plugins that the policy does not forbid. */
export function allowedPlugins({ plugins, restrictions }: RightsPolicy) {
  return plugins.filter(
    ({ pluginId }) => !restrictions.forbidden.includes(pluginId),
  );
}

/** Resolves a preset: `null` is everything, undefined means that the portal or its policy does not offer it. */
export function presetRestrictions(
  preset: RightsPreset,
  policy: RightsPolicy,
): ApiKeyAccessRestriction[] | null | undefined {
  const { required, maxPlugins } = policy.restrictions;
  if (preset === 'everything') return required ? undefined : null;
  if (preset === 'outside') return offersScopes(policy.scopes) ? [] : undefined;
  const entries = entriesOf(preset, policy);
  const fits = entries.length > 0 && entries.length <= (maxPlugins ?? Infinity);
  return fits ? entries : undefined;
}

function entriesOf(
  preset: Exclude<RightsPreset, 'everything' | 'outside'>,
  policy: RightsPolicy,
): ApiKeyAccessRestriction[] {
  const plugins = allowedPlugins(policy);
  const readable = plugins
    .filter(hasReadPermission)
    .map(({ pluginId }) => pluginId);
  const readsCatalog = readable.includes('catalog');
  switch (preset) {
    case 'read':
      return readable.map(reading);
    case 'catalog-read':
      return readsCatalog ? [reading('catalog')] : [];
    case 'mcp':
      // MCP tools mostly read from the catalog.
      return readsCatalog &&
        plugins.some(({ pluginId }) => pluginId === 'mcp-actions')
        ? [{ plugin: 'mcp-actions' }, reading('catalog')]
        : [];
    default:
      throw new Error(`Unknown preset: ${preset satisfies never}`);
  }
}

/** Returns the presets that the portal and its policy offer. */
export function offeredPresets(policy: RightsPolicy): RightsPreset[] {
  return RIGHTS_PRESETS.filter(
    preset => presetRestrictions(preset, policy) !== undefined,
  );
}

/** Returns the default: everything or, if the policy forbids that, the narrowest preset. */
export function initialRights(policy: RightsPolicy): RightsChoice {
  const offered = offeredPresets(policy);
  const preset = (['everything', 'catalog-read'] as const).find(each =>
    offered.includes(each),
  );
  return { preset: preset ?? 'choose', chosen: [] };
}

/** Returns true if a policy allows a choice. */
export function fitsRights(
  { preset, chosen }: RightsChoice,
  policy: RightsPolicy,
): boolean {
  if (preset !== 'choose') return offeredPresets(policy).includes(preset);
  const ids = allowedPlugins(policy).map(({ pluginId }) => pluginId);
  return chosen.every(({ plugin }) => ids.includes(plugin));
}

/** Resolves a choice; `null` is everything. */
export function toRestrictions(
  { preset, chosen }: RightsChoice,
  policy: RightsPolicy,
): ApiKeyAccessRestriction[] | null {
  return preset === 'choose'
    ? [...chosen]
    : presetRestrictions(preset, policy) ?? null;
}

/** Validates the chosen plugins. */
export function rightsError(
  { preset, chosen }: RightsChoice,
  { restrictions: { maxPlugins } }: RightsPolicy,
): RightsError | undefined {
  if (preset !== 'choose') return undefined;
  if (chosen.length === 0) return 'nothing';
  if (chosen.some(({ permission }) => permission?.length === 0)) {
    return 'noPermissions';
  }
  return chosen.length > (maxPlugins ?? Infinity) ? 'tooMany' : undefined;
}

/**
 * Returns the choice that matches the rights of another key, within a policy.
 *
 * @returns `stricter` if the choice grants less, or something else
 */
export function matchingRights(
  restrictions: readonly ApiKeyAccessRestriction[] | null,
  policy: RightsPolicy,
): { choice: RightsChoice; stricter: boolean } {
  const named = offeredPresets(policy).find(preset =>
    sameRestrictions(restrictions, presetRestrictions(preset, policy) ?? null),
  );
  if (named) return { choice: { preset: named, chosen: [] }, stricter: false };
  if (!restrictions) return { choice: initialRights(policy), stricter: true };
  const ids = allowedPlugins(policy).map(({ pluginId }) => pluginId);
  const chosen = restrictions.filter(({ plugin }) => ids.includes(plugin));
  return {
    choice: { preset: 'choose', chosen },
    // No rights at all are useful only with scopes.
    stricter: chosen.length < restrictions.length || chosen.length === 0,
  };
}

/** Switches to another preset. `choose` starts with the rights of the previous preset. */
export function withPreset(
  choice: RightsChoice,
  preset: RightsChoice['preset'],
  policy: RightsPolicy,
): RightsChoice {
  const startsAnew = preset === 'choose' && choice.chosen.length === 0;
  return {
    preset,
    chosen: startsAnew ? toRestrictions(choice, policy) ?? [] : choice.chosen,
  };
}
