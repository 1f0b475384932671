import {
  ApiKeyAccessRestriction,
  ApiKeyChoosablePlugin,
} from 'backstage-plugin-api-keys-common';

/** What a permission can be for. */
export type PermissionAction = NonNullable<
  ApiKeyAccessRestriction['permissionAttribute']
>['action'][number];

/** What a key may do in a plugin. */
export type Grant = { plugin: string } & (
  | { kind: 'everything' | 'reading' | 'forbidden' }
  | { kind: 'actions'; actions: PermissionAction[] }
  | {
      kind: 'permissions';
      permissions: string[];
      /** Only those of them that are for this. */
      actions?: PermissionAction[];
    }
);

/** What an entry of the restrictions comes to. */
export function grantOf(entry: ApiKeyAccessRestriction): Grant {
  const { plugin, permission, permissionAttribute } = entry;
  const actions = permissionAttribute?.action;
  if (permission) {
    return {
      plugin,
      kind: 'permissions',
      permissions: permission,
      ...(actions && { actions }),
    };
  }
  if (!actions) return { plugin, kind: 'everything' };
  return actions.every(action => action === 'read') && actions.length > 0
    ? { plugin, kind: 'reading' }
    : { plugin, kind: 'actions', actions };
}

/**
 * What a key may do in each of the plugins that are worth a word: those that it is for, and for a key that is for everything
 * those that it is not for.
 *
 * @param forbidden - ids of plugins that the policy of the owner lets no key be used for
 */
export function grantsOf(
  restrictions: readonly ApiKeyAccessRestriction[] | null,
  forbidden: readonly string[] = [],
): Grant[] {
  if (!restrictions) {
    return forbidden.map(plugin => ({ plugin, kind: 'forbidden' }));
  }
  return restrictions.map(entry =>
    forbidden.includes(entry.plugin)
      ? { plugin: entry.plugin, kind: 'forbidden' }
      : grantOf(entry),
  );
}

/** A part of the sentence about what a key may do: something that holds for some plugins, or for one. */
export type SentencePart =
  | { kind: 'everything' | 'reading'; plugins: string[] }
  | { kind: 'actions'; plugin: string; actions: PermissionAction[] }
  | { kind: 'permissions'; plugin: string; count: number };

/** What there is to say of a key in one sentence. */
export type RightsSentence =
  | { kind: 'everything'; except: string[] }
  | { kind: 'nothing' }
  | { kind: 'only'; parts: SentencePart[] };

/** One sentence about what a key may do, as data. */
export function rightsSentence(
  restrictions: readonly ApiKeyAccessRestriction[] | null,
  forbidden: readonly string[] = [],
): RightsSentence {
  if (!restrictions) return { kind: 'everything', except: [...forbidden] };
  const grants = grantsOf(restrictions, forbidden);
  const parts: SentencePart[] = [];
  for (const kind of ['everything', 'reading'] as const) {
    const plugins = grants
      .filter(grant => grant.kind === kind)
      .map(({ plugin }) => plugin);
    if (plugins.length > 0) parts.push({ kind, plugins });
  }
  for (const grant of grants) {
    const { plugin } = grant;
    if (grant.kind === 'actions') {
      parts.push({ kind: 'actions', plugin, actions: grant.actions });
    } else if (grant.kind === 'permissions') {
      const count = grant.permissions.length;
      parts.push({ kind: 'permissions', plugin, count });
    }
  }
  return parts.length > 0 ? { kind: 'only', parts } : { kind: 'nothing' };
}

/** Whether a plugin has a permission for reading. */
export function canBeRead({ permissions }: ApiKeyChoosablePlugin): boolean {
  return permissions.some(({ action }) => action === 'read');
}

/** An entry that lets a key read in a plugin. */
export function reading(plugin: string): ApiKeyAccessRestriction {
  return { plugin, permissionAttribute: { action: ['read'] } };
}

/** Whether two keys are for the same, in whatever order that is said. */
export function sameRestrictions(
  one: readonly ApiKeyAccessRestriction[] | null,
  other: readonly ApiKeyAccessRestriction[] | null,
): boolean {
  return canonical(one) === canonical(other);
}

function canonical(
  restrictions: readonly ApiKeyAccessRestriction[] | null,
): string {
  const entries = restrictions?.map(
    ({ plugin, permission, permissionAttribute }) => [
      plugin,
      permission ? [...permission].sort() : null,
      permissionAttribute ? [...permissionAttribute.action].sort() : null,
    ],
  );
  return JSON.stringify(
    entries?.map(entry => JSON.stringify(entry)).sort() ?? null,
  );
}
