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

/** Whether a key passes a filter, as the backend sees it. */
export const passes = (filter: ApiKeyFilter) => (key: ApiKey) =>
  (!filter.owner || key.owner === filter.owner) &&
  (!filter.status || filter.status.includes(key.status)) &&
  contains(key, filter.q ?? '') &&
  (!filter.expiresBefore ||
    (key.expiresAt !== null && key.expiresAt < filter.expiresBefore)) &&
  (!filter.unusedSince ||
    (key.lastUsedAt ?? key.createdAt) < filter.unusedSince) &&
  (!filter.neverUsed || key.lastUsedAt === null) &&
  (!filter.withoutExpiry || key.expiresAt === null);

/** Keys in numbers, as the backend counts them. */
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
