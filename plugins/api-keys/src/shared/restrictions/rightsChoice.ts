import {
  ApiKeyAccessRestriction,
  ApiKeyPolicy,
} from 'backstage-plugin-api-keys-common';
import { canBeRead, reading, sameRestrictions } from './restrictions';
import { offersScopes } from './scopes';

/** What the form has names for, the most first. `outside` is nothing in Backstage, of a key for other services. */
export const RIGHTS_PRESETS = [
  'everything',
  'read',
  'catalog-read',
  'mcp',
  'outside',
] as const;

export type RightsPreset = (typeof RIGHTS_PRESETS)[number];

/** What a new key is to be for. */
export type RightsChoice = {
  preset: RightsPreset | 'choose';
  /** What was chosen plugin by plugin; kept while a preset is looked at. */
  chosen: readonly ApiKeyAccessRestriction[];
};

/** The part of a policy that says what new keys may be for. */
export type RightsPolicy = Pick<
  ApiKeyPolicy,
  'plugins' | 'restrictions' | 'scopes'
>;

export type RightsError = 'nothing' | 'noPermissions' | 'tooMany';

/** The plugins that keys may be used for. */
export function allowedPlugins({ plugins, restrictions }: RightsPolicy) {
  return plugins.filter(
    ({ pluginId }) => !restrictions.forbidden.includes(pluginId),
  );
}

/** What a preset comes to in a portal; `null` is everything, undefined what there is not or must not be. */
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
  const readable = plugins.filter(canBeRead).map(({ pluginId }) => pluginId);
  const readsCatalog = readable.includes('catalog');
  switch (preset) {
    case 'read':
      return readable.map(reading);
    case 'catalog-read':
      return readsCatalog ? [reading('catalog')] : [];
    case 'mcp':
      // The server of the tools, and what most of them look things up in.
      return readsCatalog &&
        plugins.some(({ pluginId }) => pluginId === 'mcp-actions')
        ? [{ plugin: 'mcp-actions' }, reading('catalog')]
        : [];
    default:
      throw new Error(`Unknown preset: ${preset satisfies never}`);
  }
}

/** The presets that a portal has and its policy allows. */
export function offeredPresets(policy: RightsPolicy): RightsPreset[] {
  return RIGHTS_PRESETS.filter(
    preset => presetRestrictions(preset, policy) !== undefined,
  );
}

/** What a new key is for if nobody chooses: everything, or where that must not be, as little as there is a name for. */
export function initialRights(policy: RightsPolicy): RightsChoice {
  const offered = offeredPresets(policy);
  const preset = (['everything', 'catalog-read'] as const).find(each =>
    offered.includes(each),
  );
  return { preset: preset ?? 'choose', chosen: [] };
}

/** Whether a choice still is one under a policy. */
export function fitsRights(
  { preset, chosen }: RightsChoice,
  policy: RightsPolicy,
): boolean {
  if (preset !== 'choose') return offeredPresets(policy).includes(preset);
  const ids = allowedPlugins(policy).map(({ pluginId }) => pluginId);
  return chosen.every(({ plugin }) => ids.includes(plugin));
}

/** What a choice comes to; `null` is everything. */
export function toRestrictions(
  { preset, chosen }: RightsChoice,
  policy: RightsPolicy,
): ApiKeyAccessRestriction[] | null {
  return preset === 'choose'
    ? [...chosen]
    : presetRestrictions(preset, policy) ?? null;
}

/** What is wrong with what was chosen. */
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
 * The choice that is what another key is for, as far as a policy allows it.
 *
 * @returns `stricter` if that is less, or something else
 */
export function rightsLike(
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
    // Nothing at all is of no use unless there are other services.
    stricter: chosen.length < restrictions.length || chosen.length === 0,
  };
}

/** The choice after another answer was picked. Choosing starts with what the answer before came to. */
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
