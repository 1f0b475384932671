import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { z } from 'zod';
import { API_KEY_WARNING_KINDS } from 'backstage-plugin-api-keys-common';
import { Warning } from '../lifecycle/warningPlan';

const cursorSchema = z.tuple([
  z.number().int(), // due_at of the last row
  z.uuid(), // key_id of the last row
  z.enum(API_KEY_WARNING_KINDS), // kind of the last row
]);

export function encodeWarningCursor({ dueAt, keyId, kind }: Warning): string {
  return Buffer.from(JSON.stringify([dueAt, keyId, kind])).toString(
    'base64url',
  );
}

/** @throws InputError for a cursor of another kind of page */
export function whereAfterCursor(
  query: Knex.QueryBuilder,
  cursor: string,
): void {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    content = undefined;
  }
  const { success, data } = cursorSchema.safeParse(content);
  if (!success) {
    throw new InputError('cursor: must be the nextCursor of a page before');
  }
  query.whereRaw('(due_at, key_id, kind) > (?, ?, ?)', data);
}
