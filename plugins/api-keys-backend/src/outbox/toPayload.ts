import { ApiKeyEventPayload } from 'backstage-plugin-api-keys-node';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { toIsoTime } from '../lifecycle/time';

/** Returns an event as other plugins and services receive it, with a copy of its details. */
export function toPayload(event: StoredKeyEvent): ApiKeyEventPayload {
  const { id, at, category, type, keyId, owner, actor, details } = event;
  return {
    version: 1,
    id: String(id),
    at: toIsoTime(at),
    category,
    type,
    keyId,
    owner,
    ...(actor !== undefined && { actor }),
    details: structuredClone(details),
  };
}
