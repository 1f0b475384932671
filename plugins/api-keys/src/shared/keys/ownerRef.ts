export type OwnerKind = 'user' | 'group';

const REF = /^(?:(?<kind>[^:]*):)?(?:(?<namespace>[^/]*)\/)?(?<name>.*)$/;

/**
 * Completes a typed entity ref or name to a full entity ref.
 *
 * @param defaultKind - the kind of a ref that has none
 */
export function toOwnerRef(
  typed: string,
  defaultKind: OwnerKind = 'user',
): string {
  const ref = typed.trim().toLocaleLowerCase('en-US');
  if (!ref) return '';
  const {
    kind = defaultKind,
    namespace = 'default',
    name,
  } = REF.exec(ref)?.groups ?? {};
  return `${kind}:${namespace}/${name}`;
}

/** Returns the kind of an owner; undefined if an entity cannot own keys. */
export function ownerKindOf(ref: string): OwnerKind | undefined {
  const [kind] = ref.split(':');
  return kind === 'user' || kind === 'group' ? kind : undefined;
}

/** Returns true for the full entity ref of a group. */
export function isGroupRef(ref: string): boolean {
  return ownerKindOf(ref) === 'group';
}
