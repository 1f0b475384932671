import {
  ApiKey,
  ApiKeyFilter,
  ApiKeyStatus,
  ApiKeySummary,
} from 'backstage-plugin-api-keys-common';
import { fromNow } from './keys';

const lower = (text: string) => text.toLocaleLowerCase('en-US');

const contains = ({ name, description, hint }: ApiKey, text: string) =>
  lower(`${name}\n${description ?? ''}\n${hint}`).includes(lower(text));

/** Ids of keys with a property that the backend can filter by and that no field of the key contains. */
export type HiddenFacts = {
  cutShort: string[];
  ownerMissing: string[];
  ownerUnconfirmed?: string[];
  rotatedOutSeen: string[];
};

const NOTHING_HIDDEN: HiddenFacts = {
  cutShort: [],
  ownerMissing: [],
  rotatedOutSeen: [],
};

/** Returns true if a key matches a filter, like the backend. */
export const passes =
  (filter: ApiKeyFilter, facts = NOTHING_HIDDEN) =>
  (key: ApiKey) =>
    (!filter.createdBefore || key.createdAt < filter.createdBefore) &&
    (!filter.cutShort || facts.cutShort.includes(key.id)) &&
    (!filter.ownerMissing || facts.ownerMissing.includes(key.id)) &&
    (!filter.ownerUnconfirmed || facts.ownerUnconfirmed?.includes(key.id)) &&
    (!filter.rotatedOutSeenSince || facts.rotatedOutSeen.includes(key.id)) &&
    (!filter.owner || key.owner === filter.owner) &&
    (!filter.status || filter.status.includes(key.status)) &&
    contains(key, filter.q ?? '') &&
    (!filter.expiresBefore ||
      (key.expiresAt !== null && key.expiresAt < filter.expiresBefore)) &&
    (!filter.unusedSince ||
      (key.lastUsedAt ?? key.createdAt) < filter.unusedSince) &&
    (!filter.neverUsed || key.lastUsedAt === null) &&
    (!filter.withoutExpiry || key.expiresAt === null) &&
    (filter.unrestricted === undefined ||
      (key.accessRestrictions === null) === filter.unrestricted) &&
    (filter.scope === undefined || key.scopes.includes(filter.scope));

/** Summarizes keys like the backend. */
export function summarize(keys: ApiKey[]): ApiKeySummary {
  const count = (status: ApiKeyStatus) =>
    keys.filter(key => key.status === status).length;
  const accepted = (filter: ApiKeyFilter) =>
    keys.filter(passes({ status: ['active', 'retiring'], ...filter })).length;
  return {
    totalItems: keys.length,
    byStatus: {
      active: count('active'),
      retiring: count('retiring'),
      inactive: count('inactive'),
      expired: count('expired'),
      revoked: count('revoked'),
    },
    expiringIn7Days: accepted({ expiresBefore: fromNow({ days: 7 }) }),
    expiringIn30Days: accepted({ expiresBefore: fromNow({ days: 30 }) }),
    withoutExpiry: accepted({ withoutExpiry: true }),
    neverUsed: accepted({ neverUsed: true }),
    idle90Days: accepted({ unusedSince: fromNow({ days: -90 }) }),
    revokedIn7Days: count('revoked'),
    expiryCalendar: [],
    usesPerDay: [],
  };
}
