import {
  ApiKeyAccessRestriction,
  ApiKeyRevokedReason,
  ApiKeyRotatedBy,
} from 'backstage-plugin-api-keys-common';

/** A key in the backend. Times are milliseconds since 1970, durations are milliseconds. */
export type ApiKeyRecord = {
  id: string;
  name: string;
  description?: string;
  owner: string;
  /** Time since which the catalog does not have the owner. Read with the key by secret or by id, not in lists. */
  ownerMissingSince?: number;
  /** Time since which the owner has to be confirmed. Read like `ownerMissingSince`. */
  ownerUnconfirmedSince?: number;
  /** Time at which the owner's entity ref was found to belong to another person or group, who must not see the key. */
  ownerReplacedAt?: number;
  subject: string;
  createdBy: string;
  createdAt: number;
  /** End that is in force: the requested one, as far as the owner's policy allows. */
  expiresAt?: number;
  /** Timeout that is in force: the requested one, as far as the owner's policy allows. */
  inactivityTimeout?: number;
  requestedExpiresAt?: number;
  requestedInactivityTimeout?: number;
  /**
   * Lifetime that a person last chose for the key, or for the key that it was rotated from. Infinity is without end; undefined
   * for a key of an older version, for which `requestedExpiresAt` decides.
   */
  chosenLifetime?: number;
  keptAliveAt?: number;
  /** Time at which a successor was first accepted, which ended its predecessor. */
  firstUsedAt?: number;
  lastUsedAt?: number;
  lastUsedIp?: string;
  lastUsedUserAgent?: string;
  useCount: number;
  revokedAt?: number;
  revokedBy?: string;
  revokedReason?: ApiKeyRevokedReason;
  hint: string;
  familyId: string;
  predecessorId?: string;
  /** Undefined without a predecessor, and for a key of an older version that did not store it. */
  rotatedBy?: ApiKeyRotatedBy;
  successorId?: string;
  overlapEndsAt?: number;
  accessRestrictions?: ApiKeyAccessRestriction[];
  allowedIps?: string[];
  /** Scopes for services outside of Backstage. */
  scopes?: string[];
  /** Ids of the plugins that the owner's policy forbids in addition to the configuration. */
  forbiddenPlugins?: string[];
  /** Canonical entity refs that limit what the key owns; undefined is all that its subject owns. */
  ownershipCap?: string[];
};

/** The properties of a field of a key. */
export type KeyField = {
  /**
   * Decides the encoding in the database (times and durations are milliseconds, `json` is text) and in the HTTP API (times and
   * durations are ISO 8601). A `lifetime` is a duration that may be infinite.
   */
  type: 'text' | 'count' | 'time' | 'duration' | 'lifetime' | 'json';
  /** Stored with the owner instead of the key. */
  ofOwner?: true;
  /** Read for each verification: decides whether the key is accepted, and for what. */
  verification?: true;
  /** Part of an accepted outcome, which other plugins receive. */
  outcome?: true;
  /** Taken from the request that creates the key. */
  requested?: true;
  /** Copied to the successor by a rotation. */
  inherited?: true;
  /** Part of the details of the `created` event, if it is defined. */
  event?: true;
  /** Shown by the HTTP API, under the same name. */
  api?: true;
  /** Shown to agents. The address of the last use is not, since a language model does not need people's addresses. */
  agents?: true;
};

const RESTRICTION = {
  type: 'json',
  verification: true,
  outcome: true,
  requested: true,
  inherited: true,
  event: true,
  api: true,
  agents: true,
} as const;

/**
 * Every field of a key and its properties. Columns, mappers and copies derive from this table; a column has the name of its field
 * in snake case. A new field takes a migration, a property in openapi.yaml, an entry here, and its place in the UI.
 */
export const KEY_FIELDS = {
  id: {
    type: 'text',
    verification: true,
    outcome: true,
    api: true,
    agents: true,
  },
  name: {
    type: 'text',
    requested: true,
    inherited: true,
    api: true,
    agents: true,
  },
  description: {
    type: 'text',
    requested: true,
    inherited: true,
    api: true,
    agents: true,
  },
  owner: {
    type: 'text',
    verification: true,
    outcome: true,
    inherited: true,
    api: true,
    agents: true,
  },
  ownerMissingSince: { type: 'time', ofOwner: true, verification: true },
  ownerUnconfirmedSince: { type: 'time', ofOwner: true, verification: true },
  ownerReplacedAt: { type: 'time', verification: true },
  subject: {
    type: 'text',
    verification: true,
    outcome: true,
    inherited: true,
    api: true,
    agents: true,
  },
  createdBy: { type: 'text', api: true },
  createdAt: { type: 'time', verification: true, api: true, agents: true },
  expiresAt: { type: 'time', verification: true, api: true, agents: true },
  inactivityTimeout: { type: 'duration', verification: true, api: true },
  requestedExpiresAt: { type: 'time' },
  requestedInactivityTimeout: { type: 'duration' },
  chosenLifetime: { type: 'lifetime' },
  keptAliveAt: { type: 'time', verification: true },
  firstUsedAt: { type: 'time', verification: true },
  lastUsedAt: { type: 'time', verification: true, api: true, agents: true },
  lastUsedIp: { type: 'text', api: true },
  lastUsedUserAgent: { type: 'text', api: true },
  useCount: { type: 'count', api: true, agents: true },
  revokedAt: { type: 'time', verification: true, api: true, agents: true },
  revokedBy: { type: 'text', api: true },
  revokedReason: { type: 'text', verification: true, api: true, agents: true },
  hint: { type: 'text', api: true, agents: true },
  familyId: {
    type: 'text',
    verification: true,
    outcome: true,
    inherited: true,
    api: true,
  },
  predecessorId: { type: 'text', verification: true, event: true, api: true },
  rotatedBy: { type: 'text', event: true, api: true },
  successorId: { type: 'text', api: true },
  overlapEndsAt: { type: 'time', verification: true, api: true },
  accessRestrictions: RESTRICTION,
  allowedIps: RESTRICTION,
  scopes: RESTRICTION,
  forbiddenPlugins: { type: 'json', verification: true },
  ownershipCap: {
    type: 'json',
    verification: true,
    outcome: true,
    inherited: true,
    api: true,
  },
} as const satisfies Record<keyof ApiKeyRecord, KeyField>;

type KeyFields = typeof KEY_FIELDS;
export type KeyFieldName = keyof KeyFields;

/** Names of the fields for which the table above sets a flag. */
export type FieldWith<Flag extends keyof KeyField> = {
  [F in KeyFieldName]: KeyFields[F] extends { [K in Flag]: true } ? F : never;
}[KeyFieldName];

export function fieldsWith<Flag extends keyof KeyField>(
  flag: Flag,
): FieldWith<Flag>[] {
  const entries = Object.entries<KeyField>(KEY_FIELDS);
  return entries
    .filter(([, field]) => field[flag])
    .map(([name]) => name as FieldWith<Flag>);
}

/** The fields of a key that decide whether it is accepted, and for what. */
export type VerificationRecord = Pick<ApiKeyRecord, FieldWith<'verification'>>;

/** The fields of a key that has just been issued. */
export type NewKeyFields = Omit<
  ApiKeyRecord,
  'hint' | 'useCount' | 'requestedExpiresAt' | 'requestedInactivityTimeout'
>;
