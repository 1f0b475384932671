/**
 * The full entity ref that somebody means who types one, or only a name: users are what is mostly looked for.
 *
 * @param ofName - the kind of what is called by its name alone
 */
export function toOwnerRef(
  typed: string,
  ofName: 'user' | 'group' = 'user',
): string {
  const ref = typed.trim().toLocaleLowerCase('en-US');
  if (!ref) return '';
  const [, kind = ofName, namespace = 'default', name] =
    /^(?:([^:]*):)?(?:([^/]*)\/)?(.*)$/.exec(ref) ?? [];
  return `${kind}:${namespace}/${name}`;
}

/** Whether a full entity ref is that of a group. */
export function isGroupRef(ref: string): boolean {
  return ref.startsWith('group:');
}
