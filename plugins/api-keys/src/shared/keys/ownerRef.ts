import { ApiKeyOwnerKind } from 'backstage-plugin-api-keys-common';

const REF = /^(?:(?<kind>[^:]*):)?(?:(?<namespace>[^/]*)\/)?(?<name>.*)$/;

/**
 * Completes a typed entity ref or name to a full entity ref.
 *
 * @param defaultKind - the kind of a ref that has none
 */
export function toOwnerRef(
  typed: string,
  defaultKind: ApiKeyOwnerKind = 'user',
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
