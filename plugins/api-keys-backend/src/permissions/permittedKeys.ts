import {
  AuthorizeResult,
  PermissionCriteria,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  ConditionTransformer,
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { Knex } from 'knex';
import { KeyCondition, KeyVisibility } from '../database/queries';

/** Visibility after a denial. */
export const NO_KEYS: KeyVisibility = { owners: [] };

/** Limits the keys of some owners to those that a decision allows: {@link NO_KEYS} unless it clearly allows some. */
export function permittedKeys(
  owners: KeyVisibility['owners'],
  decision: PolicyDecision,
  transform: ConditionTransformer<KeyCondition>,
): KeyVisibility {
  switch (decision.result) {
    case AuthorizeResult.ALLOW:
      return { owners };
    case AuthorizeResult.CONDITIONAL: {
      const criteria = transform(decision.conditions);
      return { owners, condition: query => apply(query, criteria) };
    }
    case AuthorizeResult.DENY:
      return NO_KEYS;
    default:
      decision satisfies never;
      return NO_KEYS;
  }
}

function apply(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<KeyCondition>,
): void {
  if (isAndCriteria(criteria)) {
    for (const one of criteria.allOf) query.andWhere(q => apply(q, one));
  } else if (isOrCriteria(criteria)) {
    for (const one of criteria.anyOf) query.orWhere(q => apply(q, one));
  } else if (isNotCriteria(criteria)) {
    query.whereNot(q => apply(q, criteria.not));
  } else {
    criteria(query);
  }
}
