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
import { DailyUses, UsesOnDay } from '../database/KeyUses';
import { KeyPage, KeySummary } from '../database/queries';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { KeyEvent } from '../lifecycle/KeyEvent';
import { AlsoRevoked } from '../service/AlsoRevokedKeys';
import { IssuedKey, KeyEventPage } from '../service/ApiKeyService';
import { inactiveAt, statusOf } from '../lifecycle/status';
import { toIsoDay, toIsoTime } from '../lifecycle/time';

/** A key as the HTTP API shows it. */
export function toApiKey(key: ApiKeyRecord, now: number): ApiKey {
  return {
    id: key.id,
    name: key.name,
    description: key.description ?? null,
    owner: key.owner,
    subject: key.subject,
    createdBy: key.createdBy,
    createdAt: toIsoTime(key.createdAt),
    expiresAt: timeOrNull(key.expiresAt),
    inactivityTimeout:
      key.inactivityTimeout === undefined
        ? null
        : toIsoDuration(key.inactivityTimeout),
    inactiveAt: timeOrNull(inactiveAt(key)),
    lastUsedAt: timeOrNull(key.lastUsedAt),
    lastUsedIp: key.lastUsedIp ?? null,
    lastUsedUserAgent: key.lastUsedUserAgent ?? null,
    useCount: key.useCount,
    status: statusOf(key, now),
    revokedAt: timeOrNull(key.revokedAt),
    revokedBy: key.revokedBy ?? null,
    revokedReason: key.revokedReason ?? null,
    hint: key.hint,
    familyId: key.familyId,
    predecessorId: key.predecessorId ?? null,
    rotatedBy: key.rotatedBy ?? null,
    successorId: key.successorId ?? null,
    overlapEndsAt: timeOrNull(key.overlapEndsAt),
    accessRestrictions: key.accessRestrictions ?? null,
    allowedIps: key.allowedIps ?? null,
    scopes: key.scopes ?? [],
    ownershipCap: key.ownershipCap ?? null,
  };
}

/** A new key with its secret: nothing else puts a secret into an answer. */
export function toCreatedApiKey(issued: IssuedKey, now: number): CreatedApiKey {
  const { secret, missingOwnership } = issued;
  return { key: toApiKey(issued.key, now), secret, missingOwnership };
}

/** A page of keys as the HTTP API shows it. */
export function toApiKeyPage(page: KeyPage, now: number): ApiKeyPage {
  return {
    items: page.items.map(key => toApiKey(key, now)),
    totalItems: page.totalItems,
    totalIsCapped: page.totalIsCapped,
    pageInfo: { nextCursor: page.nextCursor },
  };
}

/** A page of keys as the HTTP API shows it to those whom a scope is of, who see no more than this of the keys of others. */
export function toApiKeyScopeHolderPage(
  page: KeyPage,
  now: number,
): ApiKeyScopeHolderPage {
  const { items, ...rest } = toApiKeyPage(page, now);
  return { items: items.map(toApiKeyScopeHolder), ...rest };
}

function toApiKeyScopeHolder(key: ApiKey): ApiKeyScopeHolder {
  const { id, name, owner, subject, status } = key;
  const { createdAt, expiresAt, lastUsedAt } = key;
  return {
    id,
    name,
    owner,
    subject,
    status,
    createdAt,
    expiresAt,
    lastUsedAt,
  };
}

/** Keys that end beside those that were asked for, as the HTTP API shows them. */
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

/** The numbers as the HTTP API shows them. */
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

/** Usage as the HTTP API shows it. */
export function toApiKeyUsage(usage: DailyUses[]): ApiKeyUsage {
  return {
    items: usage.map(({ day, plugin, count }) => ({
      day: toIsoDay(day),
      plugin,
      uses: count,
    })),
  };
}

/** Usage of many keys as the HTTP API shows it. */
export function toApiKeysUsage(usage: UsesOnDay[]): ApiKeysUsage {
  return {
    items: usage.map(({ keyId, day, count }) => ({
      keyId,
      day: toIsoDay(day),
      uses: count,
    })),
  };
}

/** A page of events as the HTTP API shows it. */
export function toApiKeyEventPage(page: KeyEventPage): ApiKeyEventPage {
  const { items, totalItems, totalIsCapped, hasMore } = page;
  return {
    items: items.map(toApiKeyEvent),
    totalItems,
    totalIsCapped,
    pageInfo: { nextCursor: hasMore ? String(items.at(-1)?.id) : undefined },
  };
}

/** An event as the HTTP API shows it. */
export function toApiKeyEvent(event: KeyEvent): ApiKeyEvent {
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
