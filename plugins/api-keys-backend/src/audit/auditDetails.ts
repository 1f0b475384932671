import { JsonObject } from '@backstage/types';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';

/** What the audit log is told of a key. */
export function auditDetails({ id, owner }: ApiKeyRecord): JsonObject {
  return { keyId: id, owner };
}
