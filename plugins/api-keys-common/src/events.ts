import { JsonObject } from '@backstage/types';

/**
 * Events that have all of this.
 *
 * @public
 */
export type ApiKeyEventFilter = {
  category?: ApiKeyEventCategory;
  type?: string;
  keyId?: string;
  /** Entity ref. */
  owner?: string;
  /** Entity ref. */
  actor?: string;
  /** ISO 8601: from then on. */
  from?: string;
  /** ISO 8601: before then. */
  to?: string;
};

/**
 * Which events to list.
 *
 * @public
 */
export type ListApiKeyEventsRequest = ApiKeyEventFilter & {
  limit?: number;
  cursor?: string;
};

/**
 * What kind of thing an event is: a change that somebody made, something that security people should look at, or a failure.
 *
 * @public
 */
export type ApiKeyEventCategory = 'AUDIT' | 'SECURITY' | 'ERROR';

/**
 * The types of events that there are so far.
 *
 * @public
 */
export const API_KEY_EVENT_TYPES = [
  'created',
  'updated',
  'rotated',
  'first-used',
  'kept-alive',
  'policy-applied',
  'warned',
  'transferred',
  'revoked',
  'refused',
  'rotated-key-presented',
  'leak-reported',
  'owner-unconfirmed',
  'owner-confirmed',
] as const;

/**
 * One of {@link API_KEY_EVENT_TYPES}.
 *
 * @public
 */
export type ApiKeyEventType = (typeof API_KEY_EVENT_TYPES)[number];

/**
 * Something that happened to a key.
 *
 * @public
 */
export type ApiKeyEvent = {
  id: string;
  /** ISO 8601 in UTC. */
  at: string;
  category: ApiKeyEventCategory;
  /** One of {@link API_KEY_EVENT_TYPES}; more may come. */
  type: string;
  keyId: string;
  owner: string;
  /** Entity ref of who did it. */
  actor: string | null;
  /** What is to be said of it, by type. */
  details: JsonObject;
};

/**
 * One page of events, latest first.
 *
 * @public
 */
export type ApiKeyEventPage = {
  items: ApiKeyEvent[];
  /** How many there are over all pages, up to {@link API_KEY_TOTAL_MAX}. */
  totalItems: number;
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  pageInfo: { nextCursor?: string };
};
