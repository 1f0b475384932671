import type { OwnerOverride } from './policy';

/** Which plugins admins forbid an owner's keys, and who it was set for. */
export type ForbiddenPlugins = { owner: string; plugins: readonly string[] };

/**
 * The plugins that are forbidden by overrides, all of them together: of several lists, none can allow what another one forbids.
 * Undefined where none of the overrides says anything about it.
 */
export function forbiddenBy(
  overrides: readonly OwnerOverride[],
): ForbiddenPlugins | undefined {
  const lists = overrides.flatMap(({ owner, override }) => {
    const plugins = override.restrictions?.forbidden;
    return plugins ? [{ owner, plugins }] : [];
  });
  const decisive = lists.find(({ plugins }) => plugins.length > 0) ?? lists[0];
  return (
    decisive && {
      owner: decisive.owner,
      plugins: union(...lists.map(({ plugins }) => plugins)),
    }
  );
}

/** Each once, in one order. */
export function union(...lists: (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}
