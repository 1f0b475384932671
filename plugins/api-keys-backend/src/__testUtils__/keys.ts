import { randomUUID } from 'node:crypto';
import { UsageDelta } from '../lifecycle/UsageDelta';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';

/** Returns a key that Ada created in 2030. */
export function aKey(fields: Partial<ApiKeyRecord> = {}): ApiKeyRecord {
  const id = fields.id ?? randomUUID();
  return {
    id,
    name: 'ci',
    owner: 'user:default/ada',
    subject: 'user:default/ada',
    createdBy: 'user:default/ada',
    createdAt: Date.UTC(2030, 0, 1),
    useCount: 0,
    hint: 'x7Kq',
    familyId: id,
    ...fields,
  };
}

/** Returns uses of a key by the catalog, on one day. */
export function usesOf(
  keyId: string,
  lastUsedAt: number,
  count = 1,
): UsageDelta {
  const day = lastUsedAt - (lastUsedAt % (24 * 60 * 60 * 1000));
  return {
    keyId,
    count,
    lastUsedAt,
    daily: [{ day, plugin: 'catalog', count }],
  };
}
