import { JsonObject } from '@backstage/types';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { RevokedKeys } from '../service/revokeKey';

/** What the audit log is told of a key. */
export function auditDetails({ id, owner }: ApiKeyRecord): JsonObject {
  return { keyId: id, owner };
}

/** The same of a key that was revoked, with the ids of the keys that ended with it, if there are any. */
export function auditRevocation({ key, alsoRevoked }: RevokedKeys): JsonObject {
  const ids = alsoRevoked.map(({ id }) => id);
  return {
    ...auditDetails(key),
    ...(ids.length > 0 && { familyId: key.familyId, alsoRevoked: ids }),
  };
}
