import {
  ApiKeyEvent,
  ApiKeyEventFilter,
  ApiKeyEventPage,
  ListApiKeyEventsRequest,
} from 'backstage-plugin-api-keys-common';
import { fromNow } from './keys';

export const KEY_ID = '0b0f1c8e-2f0e-4a53-9b58-2f3d3c5b7a10';

/** An event: an owner created a key two hours ago. */
export function anEvent(overrides: Partial<ApiKeyEvent> = {}): ApiKeyEvent {
  return {
    id: '1',
    at: fromNow({ hours: -2 }),
    category: 'AUDIT',
    type: 'created',
    keyId: KEY_ID,
    owner: 'user:default/ada',
    actor: 'user:default/ada',
    details: {},
    ...overrides,
  };
}

/** Returns true if an event matches a filter, like the backend. */
export const passesEvent =
  (filter: ApiKeyEventFilter) => (event: ApiKeyEvent) =>
    (!filter.category || event.category === filter.category) &&
    (!filter.type || event.type === filter.type) &&
    (!filter.keyId || event.keyId === filter.keyId) &&
    (!filter.owner || event.owner === filter.owner) &&
    (!filter.actor || event.actor === filter.actor) &&
    (!filter.from || event.at >= filter.from) &&
    (!filter.to || event.at < filter.to);

/** Returns a page of the events that match a request. */
export function eventPage(
  events: ApiKeyEvent[],
  { limit = 50, cursor, ...filter }: ListApiKeyEventsRequest,
): ApiKeyEventPage {
  const found = events.filter(passesEvent(filter));
  const start = Number(cursor ?? 0);
  const end = start + limit;
  return {
    items: found.slice(start, end),
    totalItems: found.length,
    totalIsCapped: false,
    pageInfo: end < found.length ? { nextCursor: `${end}` } : {},
  };
}
