import {
  AlsoRevokedApiKeys,
  ApiKey,
  ApiKeyEvent,
  ApiKeyEventPage,
  ApiKeyPage,
  ApiKeyScopeHolder,
  ApiKeyScopeHolderPage,
  ApiKeySummary,
  ApiKeysUsage,
  ApiKeyUsage,
  CreatedApiKey,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import { DailyUsage, UsageOnDay } from '../lifecycle/UsageDelta';
import { KeyPage, KeySummary } from '../database/queries';
import { pick } from '../lib/pick';
import {
  ApiKeyRecord,
  fieldsWith,
  FieldWith,
  KEY_FIELDS,
} from '../lifecycle/ApiKeyRecord';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { AlsoRevoked } from '../service/AlsoRevokedKeys';
import { IssuedKey, KeyEventPage } from '../service/ApiKeyService';
import { inactiveAt, statusOf } from '../lifecycle/status';
import { toIsoDay, toIsoTime } from '../lifecycle/time';

const API_FIELDS = fieldsWith('api') satisfies (keyof ApiKey)[];

const SCOPE_HOLDER_FIELDS = [
  'id',
  'name',
  'owner',
  'subject',
  'status',
  'createdAt',
  'expiresAt',
  'lastUsedAt',
] as const satisfies (keyof ApiKeyScopeHolder)[];

type ApiField = FieldWith<'api'>;

/** Value of a field in the HTTP API: `null` instead of undefined, strings instead of times and durations. */
type ApiValue<Field extends ApiField> =
  | ((typeof KEY_FIELDS)[Field]['type'] extends 'time' | 'duration'
      ? string
      : NonNullable<ApiKeyRecord[Field]>)
  | (undefined extends ApiKeyRecord[Field] ? null : never);

/** Converts a key for the HTTP API. */
export function toApiKey(key: ApiKeyRecord, now: number): ApiKey {
  const shown = Object.fromEntries(
    API_FIELDS.map(name => [name, toApiValue(name, key[name])]),
  ) as { [Field in ApiField]: ApiValue<Field> };
  return {
    ...shown,
    scopes: key.scopes ?? [],
    status: statusOf(key, now),
    inactiveAt: timeOrNull(inactiveAt(key)),
  };
}

function toApiValue(name: ApiField, value: unknown): unknown {
  if (value === undefined) return null;
  const { type } = KEY_FIELDS[name];
  switch (type) {
    case 'time':
      return toIsoTime(value as number);
    case 'duration':
      return toIsoDuration(value as number);
    case 'text':
    case 'count':
    case 'json':
      return value;
    default:
      return type satisfies never;
  }
}

/** Converts a new key with its secret. No other function puts a secret into an answer. */
export function toCreatedApiKey(issued: IssuedKey, now: number): CreatedApiKey {
  const { secret, missingOwnership } = issued;
  return { key: toApiKey(issued.key, now), secret, missingOwnership };
}

/** Converts a page of keys for the HTTP API. */
export function toApiKeyPage(page: KeyPage, now: number): ApiKeyPage {
  return {
    items: page.items.map(key => toApiKey(key, now)),
    totalItems: page.totalItems,
    totalIsCapped: page.totalIsCapped,
    pageInfo: { nextCursor: page.nextCursor },
  };
}

/** Converts a page of keys for the owners of a scope, with only the fields that they may see of the keys of others. */
export function toApiKeyScopeHolderPage(
  page: KeyPage,
  now: number,
): ApiKeyScopeHolderPage {
  const { items, ...rest } = toApiKeyPage(page, now);
  return { items: items.map(toApiKeyScopeHolder), ...rest };
}

function toApiKeyScopeHolder(key: ApiKey): ApiKeyScopeHolder {
  return pick(key, SCOPE_HOLDER_FIELDS);
}

/** Converts keys that end together with the requested ones. */
export function toAlsoRevoked({
  items,
  totalItems,
}: AlsoRevoked): AlsoRevokedApiKeys {
  return {
    items: items.map(key => ({
      id: key.id,
      name: key.name,
      hint: key.hint,
      owner: key.owner,
      createdAt: toIsoTime(key.createdAt),
      predecessorId: key.predecessorId ?? null,
      rotatedBy: key.rotatedBy ?? null,
    })),
    totalItems,
  };
}

/** Converts the numbers of keys for the HTTP API. */
export function toApiKeySummary(
  summary: KeySummary & { usesByDay: Map<number, number> },
): ApiKeySummary {
  const { expiriesByDay, usesByDay, ...numbers } = summary;
  return {
    ...numbers,
    expiryCalendar: [...expiriesByDay].map(([day, keys]) => ({
      day: toIsoDay(day),
      keys,
    })),
    usesPerDay: [...usesByDay].map(([day, uses]) => ({
      day: toIsoDay(day),
      uses,
    })),
  };
}

/** Converts usage for the HTTP API. */
export function toApiKeyUsage(usage: DailyUsage[]): ApiKeyUsage {
  return {
    items: usage.map(({ day, plugin, count }) => ({
      day: toIsoDay(day),
      plugin,
      uses: count,
    })),
  };
}

/** Converts the usage of many keys for the HTTP API. */
export function toApiKeysUsage(usage: UsageOnDay[]): ApiKeysUsage {
  return {
    items: usage.map(({ keyId, day, count }) => ({
      keyId,
      day: toIsoDay(day),
      uses: count,
    })),
  };
}

/** Converts a page of events for the HTTP API. */
export function toApiKeyEventPage(page: KeyEventPage): ApiKeyEventPage {
  const { items, totalItems, totalIsCapped, hasMore } = page;
  return {
    items: items.map(toApiKeyEvent),
    totalItems,
    totalIsCapped,
    pageInfo: { nextCursor: hasMore ? String(items.at(-1)?.id) : undefined },
  };
}

/** Converts an event for the HTTP API. */
export function toApiKeyEvent(event: StoredKeyEvent): ApiKeyEvent {
  return {
    id: String(event.id),
    at: toIsoTime(event.at),
    category: event.category,
    type: event.type,
    keyId: event.keyId,
    owner: event.owner,
    actor: event.actor ?? null,
    details: event.details,
  };
}

function timeOrNull(time: number | undefined): string | null {
  return time === undefined ? null : toIsoTime(time);
}
