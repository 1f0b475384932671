import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  API_KEY_OWNER_KINDS,
  API_KEY_STATUSES,
  ApiKeyOwnerKind,
  ApiKeyStatus,
  ownerKindOf,
  RESOURCE_TYPE_API_KEY,
} from 'backstage-plugin-api-keys-common';
import { z } from 'zod';
import { canonicalEntityRef } from 'backstage-plugin-api-keys-node/internal';
import { KeyCondition } from '../database/queries';
import { whereOwnerKind } from '../database/whereOwnerKind';
import { whereStatus } from '../database/statusPredicate';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { statusOf } from '../lifecycle/status';

// Named types: the order in which the compiler writes an inferred union differs
// between runs, and the report of the API with it.
type Schema<TParams> = z.ZodType<TParams, TParams>;

const statusParams: Schema<{ statuses: ApiKeyStatus[] }> = z.object({
  statuses: z.array(z.enum(API_KEY_STATUSES)).describe('One of which it has'),
});

const ownerKindParams: Schema<{ kinds: ApiKeyOwnerKind[] }> = z.object({
  kinds: z.array(z.enum(API_KEY_OWNER_KINDS)).describe('Kinds of entities'),
});

/** Keys as a resource of permission policies. */
export const apiKeyResourceRef = createPermissionResourceRef<
  ApiKeyRecord,
  KeyCondition
>().with({ pluginId: 'api-keys', resourceType: RESOURCE_TYPE_API_KEY });

const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Keys that belong to one of the claims (entity refs)',
  resourceRef: apiKeyResourceRef,
  paramsSchema: z.object({
    claims: z.array(z.string()).describe('Entity refs, one of which owns'),
  }),
  apply: (key, { claims }) =>
    claims.map(canonicalEntityRef).includes(key.owner),
  toQuery:
    ({ claims }) =>
    query =>
      query.whereIn('owner', claims.map(canonicalEntityRef)),
});

const hasStatus = createPermissionRule({
  name: 'HAS_STATUS',
  description: 'Keys in one of the states',
  resourceRef: apiKeyResourceRef,
  paramsSchema: statusParams,
  apply: (key, { statuses }) => statuses.includes(statusOf(key, Date.now())),
  toQuery:
    ({ statuses }) =>
    query =>
      whereStatus(query, statuses, Date.now()),
});

const hasOwnerKind = createPermissionRule({
  name: 'HAS_OWNER_KIND',
  description: 'Keys whose owner is of one of the kinds, such as user or group',
  resourceRef: apiKeyResourceRef,
  paramsSchema: ownerKindParams,
  apply: (key, { kinds }) =>
    kinds.some(kind => kind === ownerKindOf(key.owner)),
  toQuery:
    ({ kinds }) =>
    query => {
      query.whereRaw('1 = 0');
      for (const kind of kinds) query.orWhere(q => whereOwnerKind(q, kind));
    },
});

/** Every rule on keys. */
export const apiKeyPermissionRules = { isOwner, hasStatus, hasOwnerKind };

const conditionExports = createConditionExports({
  resourceRef: apiKeyResourceRef,
  rules: apiKeyPermissionRules,
});

/**
 * The rules on keys, for policies: `isOwner`, `hasStatus`, `hasOwnerKind`.
 *
 * @public
 */
export const apiKeyConditions = conditionExports.conditions;

/**
 * Makes a conditional decision of {@link apiKeyConditions}.
 *
 * @public
 */
export const createApiKeyConditionalDecision =
  conditionExports.createConditionalDecision;
