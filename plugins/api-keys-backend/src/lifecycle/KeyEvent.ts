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
