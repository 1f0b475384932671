import { JsonObject } from '@backstage/types';
import { ApiKeyEventCategory } from 'backstage-plugin-api-keys-common';

/**
 * Topic of Backstage's events service on which the plugin publishes an {@link ApiKeyEventPayload} for each change of a key,
 * after the change was committed.
 *
 * @public
 */
export const API_KEYS_EVENTS_TOPIC = 'api-keys';

/**
 * Payload of an event on {@link API_KEYS_EVENTS_TOPIC}: the entry in the event log of a key, without any secret.
 *
 * @public
 */
export type ApiKeyEventPayload = {
  /** Fields may be added to a version. */
  version: 1;
  /** Id in the event log. Later events have higher numbers. */
  id: string;
  /** ISO 8601 in UTC. */
  at: string;
  category: ApiKeyEventCategory;
  /** One of `API_KEY_EVENT_TYPES`; later releases may add types. */
  type: string;
  keyId: string;
  /** Entity ref. */
  owner: string;
  /** Entity ref of the user who caused the event. Missing if no user did. */
  actor?: string;
  /** Details that depend on the type. IP addresses are included only as `apiKeys.lastUsed.recordIp` allows. */
  details: JsonObject;
};
