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
import { KeyCondition } from '../database/ApiKeyStore';

/**
 * What a decision leaves of the keys: undefined for none at all. Whatever is not clearly allowed is denied.
 */
export function conditionOf(
  decision: PolicyDecision,
  transform: ConditionTransformer<KeyCondition>,
): KeyCondition | undefined {
  switch (decision.result) {
    case AuthorizeResult.ALLOW:
      return () => {};
    case AuthorizeResult.CONDITIONAL: {
      const criteria = transform(decision.conditions);
      return query => apply(query, criteria);
    }
    default:
      return undefined;
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
