import type { ApiKeysApi } from '../ApiKeysClient';
import { ApiKeyEvent } from '../events';
import { ApiKeyOwnerPolicy } from '../ownerPolicies';
import { ApiKeySummary } from '../summary';
import { ApiKeyCheck, CreatedApiKey } from '../types';
import { ApiKeyUpcomingWarning } from '../warnings';
import {
  alsoRevoked,
  key,
  pageOf,
  policy,
  policyLimits,
  scopeHolder,
} from './keys';
import {
  anyObject,
  duration,
  flag,
  listOf,
  nullable,
  number,
  object,
  Shape,
  text,
  time,
} from './shapes';

const created = object<CreatedApiKey>({
  key,
  secret: text(),
  missingOwnership: listOf(text()),
});

const events = pageOf(
  object<ApiKeyEvent>({
    id: text(),
    at: time,
    category: text(),
    type: text(),
    keyId: text(),
    owner: text(),
    actor: nullable(text()),
    details: anyObject(),
  }),
);

const warnings = pageOf(
  object<ApiKeyUpcomingWarning>({
    keyId: text(),
    keyName: text(),
    owner: text(),
    kind: text(),
    endsAt: time,
    dueAt: time,
    threshold: nullable(duration),
  }),
);

const summary = object<ApiKeySummary>({
  totalItems: number,
  byStatus: object({
    active: number,
    retiring: number,
    inactive: number,
    expired: number,
    revoked: number,
  }),
  expiringIn7Days: number,
  expiringIn30Days: number,
  withoutExpiry: number,
  neverUsed: number,
  idle90Days: number,
  revokedIn7Days: number,
  expiryCalendar: listOf(object({ day: time, keys: number })),
  usesPerDay: listOf(object({ day: time, uses: number })),
});

const ownerPolicy = object<ApiKeyOwnerPolicy>({
  owner: text(),
  memberOf: nullable(listOf(text())),
  override: nullable(anyObject()),
  updatedAt: nullable(time),
  updatedBy: nullable(text()),
  effective: policyLimits,
  sources: anyObject(),
});

const confirmation = object({ owner: text(), keys: number });

type Answer<Name extends keyof ApiKeysApi> = Awaited<
  ReturnType<ApiKeysApi[Name]>
>;

/** The operations that answer with JSON. */
export type JsonOperation = {
  [Name in keyof ApiKeysApi]: Answer<Name> extends void | Blob ? never : Name;
}[keyof ApiKeysApi];

/** The shape of the answer of each operation. A new operation does not compile without. */
export const answers: { [Name in JsonOperation]: Shape<Answer<Name>> } = {
  getPolicy: policy,
  listKeys: pageOf(key),
  getKey: key,
  lookUpKey: key,
  listKeyEvents: events,
  getKeyUsage: object({
    items: listOf(object({ day: time, plugin: text(), uses: number })),
  }),
  listUsage: object({
    items: listOf(object({ keyId: text(), day: time, uses: number })),
  }),
  checkKey: object<ApiKeyCheck>({
    allowed: flag,
    decision: text(),
    rule: text(),
    message: text(),
  }),
  listScopeKeys: pageOf(scopeHolder),
  createKey: created,
  updateKey: key,
  rotateKey: created,
  keepKeyAlive: key,
  previewRevocation: object({ alsoRevoked }),
  listUnconfirmedOwners: object({
    items: listOf(object({ owner: text(), since: time, keys: number })),
  }),
  confirmOwner: confirmation,
  listAllKeys: pageOf(key),
  getSummary: summary,
  listAllEvents: events,
  listUpcomingWarnings: warnings,
  // Its other fields are there for active secrets alone.
  introspectSecret: object({ active: flag }) as Shape<
    Answer<'introspectSecret'>
  >,
  lookUpSecret: key,
  revokeKeys: object({ matched: number, revoked: number, alsoRevoked }),
  transferKeys: object({
    matched: number,
    transferred: number,
    refused: listOf(object({ id: text(), reason: text() })),
  }),
  setKeyExpiry: key,
  listOwnerPolicies: object({
    configured: policyLimits,
    items: listOf(
      object({
        owner: text(),
        override: anyObject(),
        updatedAt: time,
        updatedBy: text(),
      }),
    ),
    totalItems: number,
  }),
  getOwnerPolicy: ownerPolicy,
  setOwnerPolicy: ownerPolicy,
  confirmOwnerAsAdmin: confirmation,
};
