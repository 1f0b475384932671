import {
  ApiKeyEventCategory,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { defined } from '../lib/defined';
import { pick } from '../lib/pick';
import { redact } from '../lib/redact';
import { ApiKeyRecord, fieldsWith } from '../lifecycle/ApiKeyRecord';
import {
  EVENT_CATEGORIES,
  KeyEvent,
  KeyEventDraft,
  PlacedKeyEvent,
  SecurityEventDraft,
  StoredKeyEvent,
} from '../lifecycle/KeyEvent';
import { toIsoTime } from '../lifecycle/time';
import { KeyTransition } from '../lifecycle/transitions';
import { OwnerIdentityChange } from '../lifecycle/KeyOwner';
import {
  KeyChanges,
  KeyLifetime,
  KeyUnderPolicy,
} from './OwnerKeysTransaction';

const CREATION_FIELDS = fieldsWith('event');

/** A row of `api_key_events`. PostgreSQL returns 64-bit integers as text. */
export type EventRow = {
  id: number | string;
  at: number | string;
  category: ApiKeyEventCategory;
  type: string;
  key_id: string;
  owner: string;
  actor: string | null;
  details: string;
  outbox_position: number | string | null;
};

/** Position of an event that waits to be sent to sinks, until one is assigned. */
export const UNPLACED = 0;

export async function insertEvent(
  tx: Knex.Transaction,
  event: PlacedKeyEvent,
): Promise<KeyEvent> {
  const [inserted] = await insertEvents(tx, [event]);
  return inserted;
}

/** Takes as many events as fit into one statement: 500 on SQLite. */
export async function insertEvents(
  tx: Knex.Transaction,
  events: readonly PlacedKeyEvent[],
): Promise<KeyEvent[]> {
  if (events.length === 0) return [];
  const rows = await tx<EventRow>('api_key_events')
    .insert(events.map(toEventRow))
    .returning('*');
  return rows.map(fromWrittenRow);
}

/** Returns undefined if an event with this `once` was recorded before. */
export async function insertSecurityEvent(
  knex: Knex,
  event: SecurityEventDraft,
): Promise<KeyEvent | undefined> {
  const [row] = await knex<EventRow & { once: string }>('api_key_events')
    .insert({ ...toEventRow(event), once: event.once })
    .onConflict('once')
    .ignore()
    .returning('*');
  return row && fromWrittenRow(row);
}

export function creationEvent(key: ApiKeyRecord): KeyEventDraft {
  return {
    type: 'created',
    actor: key.createdBy,
    details: {
      name: key.name,
      ...lifetimeDetails(key),
      ...defined(pick(key, CREATION_FIELDS)),
    },
  };
}

export function changeEvent(changes: KeyChanges, by: string): KeyEventDraft {
  const { name, description, expiresAt } = changes;
  return {
    type: 'updated',
    actor: by,
    details: {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(expiresAt !== undefined && { expiresAt: isoOrNull(expiresAt) }),
    },
  };
}

/**
 * The event has no actor, since the owner's policy changed.
 *
 * @param before - the values before the change
 */
export function policyEvent(
  { forbiddenPlugins, ...lifetime }: KeyUnderPolicy,
  before: KeyLifetime,
): KeyEventDraft {
  const { expiresAt, inactivityTimeout } = before;
  const details = {
    inactivityTimeout: null,
    ...lifetimeDetails(lifetime),
    ...(expiresAt !== lifetime.expiresAt && {
      previousExpiresAt: isoOrNull(expiresAt),
    }),
    ...(inactivityTimeout !== lifetime.inactivityTimeout && {
      previousInactivityTimeout:
        inactivityTimeout === undefined
          ? null
          : toIsoDuration(inactivityTimeout),
    }),
    ...defined({ forbiddenPlugins }),
  };
  return { type: 'policy-applied', details };
}

export function identityEvent(
  change: Exclude<OwnerIdentityChange, { type: 'learned' | 'replaced' }>,
): KeyEventDraft {
  switch (change.type) {
    case 'unconfirmed':
      return { type: 'owner-unconfirmed', details: {} };
    case 'confirmed':
      return { type: 'owner-confirmed', actor: change.by, details: {} };
    default:
      throw new Error(`Unknown change: ${change satisfies never}`);
  }
}

export function transitionEvent(transition: KeyTransition): KeyEventDraft {
  const actor = transition.by;
  switch (transition.type) {
    case 'revoke':
      return revocationEvent(transition);
    case 'retire': {
      const { successorId } = transition;
      const overlapEndsAt = toIsoTime(transition.overlapEndsAt);
      return {
        type: 'rotated',
        actor,
        details: { successorId, overlapEndsAt },
      };
    }
    case 'keep-alive':
      return { type: 'kept-alive', actor, details: {} };
    case 'first-use':
      return { type: 'first-used', actor, details: {} };
    default:
      throw new Error(`Unknown transition: ${transition satisfies never}`);
  }
}

/** A revocation with a cause is a security event: theft is suspected, and no signed-in user decided it. */
function revocationEvent(
  transition: Extract<KeyTransition, { type: 'revoke' }>,
): KeyEventDraft {
  const { by, reason, cause, find, revokedWith } = transition;
  const why = revokedWith
    ? { cause: revokedWith.cause, revokedWith: revokedWith.keyId }
    : defined({ cause });
  return {
    type: 'revoked',
    ...(cause && { category: 'SECURITY' as const }),
    actor: by,
    details: { reason, ...why, ...find },
  };
}

function lifetimeDetails({ expiresAt, inactivityTimeout }: KeyLifetime) {
  return {
    expiresAt: isoOrNull(expiresAt),
    ...(inactivityTimeout !== undefined && {
      inactivityTimeout: toIsoDuration(inactivityTimeout),
    }),
  };
}

function isoOrNull(time: number | null | undefined): string | null {
  return typeof time === 'number' ? toIsoTime(time) : null;
}

function toEventRow(event: PlacedKeyEvent): Omit<EventRow, 'id'> {
  return {
    at: event.at,
    category: event.category ?? EVENT_CATEGORIES[event.type],
    type: event.type,
    key_id: event.keyId,
    owner: event.owner,
    actor: event.actor ?? null,
    // Other plugins, owners and admins read the details from here.
    details: JSON.stringify(redact(event.details)),
    outbox_position: UNPLACED,
  };
}

/** Reads a row that this process has just written, so that its type and details are known. */
function fromWrittenRow(row: EventRow): KeyEvent {
  return fromEventRow(row) as KeyEvent;
}

export function fromEventRow(row: EventRow): StoredKeyEvent {
  return {
    id: Number(row.id),
    at: Number(row.at),
    category: row.category,
    type: row.type,
    keyId: row.key_id,
    owner: row.owner,
    actor: row.actor ?? undefined,
    details: JSON.parse(row.details),
  };
}
