import { randomUUID } from 'node:crypto';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';

/** A key of Ada's, made in 2030. */
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
