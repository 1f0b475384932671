import { ApiKeyStatus } from './types';

/**
 * Everybody's keys in numbers. What is not said otherwise counts accepted keys: active and retiring ones.
 *
 * @public
 */
export type ApiKeySummary = {
  /** All keys, also dead ones. */
  totalItems: number;
  byStatus: Record<ApiKeyStatus, number>;
  expiringIn7Days: number;
  expiringIn30Days: number;
  withoutExpiry: number;
  neverUsed: number;
  /** Neither used nor made in the last 90 days. */
  idle90Days: number;
  /** Keys that were revoked in the last seven days. */
  revokedIn7Days: number;
  /** How many keys expire on each of the next 90 days in UTC, without the days on which none does. */
  expiryCalendar: {
    /** `2026-11-24`. */
    day: string;
    keys: number;
  }[];
  /** How often keys were used on each of the last 30 days in UTC, without the days on which none was. */
  usesPerDay: {
    /** `2026-11-24`. */
    day: string;
    /** Accepted uses. */
    uses: number;
  }[];
};
