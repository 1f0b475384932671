import {
  ApiKeyAccessRestriction,
  ApiKeyAvailablePlugin,
} from 'backstage-plugin-api-keys-common';

/** Action of a permission. */
export type PermissionAction = NonNullable<
  ApiKeyAccessRestriction['permissionAttribute']
>['action'][number];

/** Rights of a key in one plugin. */
export type Grant = { plugin: string } & (
  | { kind: 'everything' | 'reading' | 'forbidden' }
  | { kind: 'actions'; actions: PermissionAction[] }
  | {
      kind: 'permissions';
      permissions: string[];
      /** Limits the permissions to these actions. */
      actions?: PermissionAction[];
    }
);

/** Converts an entry of the restrictions to a grant. */
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
 * Returns grants to list: those of a restricted key, and the forbidden plugins of an unrestricted one.
 *
 * @param forbidden - ids of plugins that the policy forbids
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

/** Part of a sentence, about one or several plugins. */
export type SentencePart =
  | { kind: 'everything' | 'reading'; plugins: string[] }
  | { kind: 'actions'; plugin: string; actions: PermissionAction[] }
  | { kind: 'permissions'; plugin: string; count: number };

/** Description of a key's rights, as data for one sentence. */
export type RightsSentence =
  | { kind: 'everything'; except: string[] }
  | { kind: 'nothing' }
  | { kind: 'only'; parts: SentencePart[] };

/** Summarizes the rights of a key as data for one sentence. */
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

/** Returns true if a plugin has a read permission. */
export function hasReadPermission({
  permissions,
}: ApiKeyAvailablePlugin): boolean {
  return permissions.some(({ action }) => action === 'read');
}

/** Returns an entry that grants read access to a plugin. */
export function reading(plugin: string): ApiKeyAccessRestriction {
  return { plugin, permissionAttribute: { action: ['read'] } };
}

/** Returns true if two lists grant the same, in any order. */
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
