/** Plugins that admins forbid an owner's keys, and the owner of the override. */
export type ForbiddenPlugins = { owner: string; plugins: readonly string[] };

/** The part of an override that forbids plugins. */
type ForbiddingOverride = {
  owner: string;
  override: { restrictions?: { forbidden?: readonly string[] } };
};

/**
 * Returns the plugins that any of the overrides forbids: one list cannot allow a plugin that another one forbids. Undefined if no
 * override has a list.
 */
export function forbiddenBy(
  overrides: readonly ForbiddingOverride[],
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

/** Returns each entry once, sorted. */
export function union(...lists: (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}
