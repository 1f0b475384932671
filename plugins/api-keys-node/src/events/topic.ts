import { JsonObject } from '@backstage/types';
import { ApiKeyEventCategory } from 'backstage-plugin-api-keys-common';

/**
 * The topic of Backstage's events service on which the plugin tells what happens to keys, once for each change, after it was
 * committed. The payloads are {@link ApiKeyEventPayload}s.
 *
 * @public
 */
export const API_KEYS_EVENTS_TOPIC = 'api-keys';

/**
 * What happened to a key, as subscribers to {@link API_KEYS_EVENTS_TOPIC} hear of it: what the trail of the key has, without
 * any secret.
 *
 * @public
 */
export type ApiKeyEventPayload = {
  /** Fields may be added to a version. */
  version: 1;
  /** The id that the trail has it under. Later events have higher numbers. */
  id: string;
  /** ISO 8601 in UTC. */
  at: string;
  category: ApiKeyEventCategory;
  /** One of `API_KEY_EVENT_TYPES`; more may come. */
  type: string;
  keyId: string;
  /** Entity ref. */
  owner: string;
  /** Entity ref of who did it. Missing where nobody did in person. */
  actor?: string;
  /** What is to be said of it, by type. IP addresses only as far as `apiKeys.lastUsed.recordIp` allows. */
  details: JsonObject;
};
