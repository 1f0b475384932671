import { ApiKeyEventCategory } from 'backstage-plugin-api-keys-common';
import { JsonObject } from '@backstage/types';

/** What happened to a key. */
export type KeyEvent = {
  /** Later events have higher ids. */
  id: number;
  /** Milliseconds since 1970. */
  at: number;
  category: ApiKeyEventCategory;
  type: string;
  keyId: string;
  /** Entity ref. */
  owner: string;
  /** Entity ref of who did it. */
  actor?: string;
  details: JsonObject;
};

/** What to write down of an event; the key, its owner and the time come on top. */
export type EventDraft = Pick<KeyEvent, 'type' | 'actor' | 'details'> & {
  /** A change by default. */
  category?: ApiKeyEventCategory;
};

/** An event of which one with the same `once` is enough, whichever replica tells it. */
export type SecurityEventDraft = EventDraft &
  Pick<KeyEvent, 'keyId' | 'owner' | 'at'> & { once: string };
