import { JsonObject } from '@backstage/types';
import { ApiKeyRecord } from '../../lifecycle/ApiKeyRecord';
import { RevokedKeys } from '../../lifecycle/transitions';

/** Fields that the audit log holds about a key. */
export function auditDetails({ id, owner }: ApiKeyRecord): JsonObject {
  return { keyId: id, owner };
}

/** Fields that the audit log holds about a revoked key: also the ids of the keys that ended with it, if there are any. */
export function auditRevocation({ key, alsoRevoked }: RevokedKeys): JsonObject {
  const ids = alsoRevoked.map(({ id }) => id);
  return {
    ...auditDetails(key),
    ...(ids.length > 0 && { familyId: key.familyId, alsoRevoked: ids }),
  };
}
