/**
 * The full entity ref that somebody means who types one, or only a name: users are what is mostly looked for.
 */
export function toOwnerRef(typed: string): string {
  const ref = typed.trim().toLocaleLowerCase('en-US');
  if (!ref) return '';
  const [, kind = 'user', namespace = 'default', name] =
    /^(?:([^:]*):)?(?:([^/]*)\/)?(.*)$/.exec(ref) ?? [];
  return `${kind}:${namespace}/${name}`;
}
