import { InputError } from '@backstage/errors';
import { ApiKeyOrder } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { inCharacterOrder } from './dialect';

type Direction = 'asc' | 'desc';

/** Beyond every time, so that keys without a value come last in either direction. */
const LAST = { asc: Number.MAX_SAFE_INTEGER, desc: -1 };

type Expression = (direction: Direction, knex: Pick<Knex, 'client'>) => string;

const EXPRESSIONS: Record<string, Expression> = {
  createdAt: () => 'created_at',
  expiresAt: direction => `coalesce(expires_at, ${LAST[direction]})`,
  lastUsedAt: direction => `coalesce(last_used_at, ${LAST[direction]})`,
  name: (_, knex) => inCharacterOrder(knex, 'sort_name'),
  owner: (_, knex) => inCharacterOrder(knex, 'owner'),
};

const cursorSchema = z.tuple([
  z.string(), // order
  z.union([z.string(), z.number().int()]), // value of the last row in it
  z.uuid(), // id of the last row
]);

/** The order of a list. The id breaks ties, so that a page ends at exactly one row. */
export function orderOf(
  knex: Pick<Knex, 'client'>,
  order: ApiKeyOrder,
): {
  expression: string;
  direction: Direction;
} {
  const [field, direction] = order.split(':') as [string, Direction];
  return { expression: EXPRESSIONS[field](direction, knex), direction };
}

/** Limits a query to the rows after the cursor. */
export function whereAfter(
  query: Knex.QueryBuilder,
  order: ApiKeyOrder,
  cursor: string,
): void {
  const { expression, direction } = orderOf(query, order);
  const [value, id] = decodeCursor(order, cursor);
  const operator = direction === 'asc' ? '>' : '<';
  // A comparison of rows: for "later, or as late and another id", PostgreSQL reads the index from its start.
  query.whereRaw(`(${expression}, id) ${operator} (?, ?)`, [value, id]);
}

/**
 * Limits a query in the order of creation to the creation times of the first matching keys. PostgreSQL reads these from an index
 * alone; without this limit, it would read every row before a few matching keys from the table.
 */
export function whereFirst(
  query: Knex.QueryBuilder,
  matching: Knex.QueryBuilder,
  order: ApiKeyOrder,
  count: number,
): void {
  const { expression, direction } = orderOf(query, order);
  if (expression !== 'created_at') return;
  query.whereIn(
    'created_at',
    matching
      .clone()
      .select('created_at')
      .orderBy('created_at', direction)
      .limit(count),
  );
}

export function encodeCursor(
  order: ApiKeyOrder,
  value: string | number,
  id: string,
): string {
  return Buffer.from(JSON.stringify([order, value, id])).toString('base64url');
}

function decodeCursor(
  order: ApiKeyOrder,
  cursor: string,
): [string | number, string] {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    content = undefined;
  }
  const { success, data } = cursorSchema.safeParse(content);
  const [cursorOrder, value, id] = data ?? [];
  const isText = isTextOrder(order);
  if (
    !success ||
    cursorOrder !== order ||
    value === undefined ||
    id === undefined ||
    (typeof value === 'string') !== isText ||
    (typeof value === 'string' && /\0/.test(value))
  ) {
    throw new InputError(
      'cursor must be the nextCursor of a page with the same orderBy',
    );
  }
  return [value, id];
}

/** Returns true if the values of an order are texts instead of times. */
export function isTextOrder(order: string): boolean {
  return order.startsWith('name:') || order.startsWith('owner:');
}
