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
