/**
 * What a warning is of: `expiry` comes before a key expires, `inactivity` before it stops working because it is not used, and
 * `expired` once it has expired.
 *
 * @public
 */
export type ApiKeyWarningKind = 'expiry' | 'inactivity' | 'expired';

/**
 * Every {@link ApiKeyWarningKind}.
 *
 * @public
 */
export const API_KEY_WARNING_KINDS: readonly ApiKeyWarningKind[] = Object.keys({
  expiry: true,
  inactivity: true,
  expired: true,
} satisfies Record<ApiKeyWarningKind, true>) as ApiKeyWarningKind[];

/**
 * A warning that the owner of a key is to get, unless something happens to the key before.
 *
 * @public
 */
export type ApiKeyUpcomingWarning = {
  keyId: string;
  keyName: string;
  /** Entity ref of who gets it. */
  owner: string;
  kind: ApiKeyWarningKind;
  /** ISO 8601 in UTC: when the key expires or goes inactive. */
  endsAt: string;
  /** ISO 8601 in UTC: from when on it is sent. In the past for what was not sent yet. */
  dueAt: string;
  /** ISO 8601 duration: how long before the end, as configured. Null after it. */
  threshold: string | null;
};

/**
 * One page of warnings, soonest first.
 *
 * @public
 */
export type ApiKeyUpcomingWarningPage = {
  items: ApiKeyUpcomingWarning[];
  /** How many there are over all pages, up to {@link API_KEY_TOTAL_MAX}. */
  totalItems: number;
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  pageInfo: { nextCursor?: string };
};

/**
 * Which warnings to list.
 *
 * @public
 */
export type ListUpcomingApiKeyWarningsRequest = {
  /** ISO 8601 duration: how far to look ahead, 366 days at most. `P14D` if left out. */
  within?: string;
  limit?: number;
  cursor?: string;
};
