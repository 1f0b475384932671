import { ApiKeyOwnerKind } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';

/** Limits a query over a table with a column `owner` to owners of a kind: `ownerKindOf` in SQL. */
export function whereOwnerKind(
  query: Knex.QueryBuilder,
  kind: ApiKeyOwnerKind,
): void {
  query.whereLike('owner', `${kind}:%`);
}
