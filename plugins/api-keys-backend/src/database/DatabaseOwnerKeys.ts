import { Knex } from 'knex';
import { defined } from '../lib/defined';
import { pick } from '../lib/pick';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { KeyEvent, KeyEventDraft } from '../lifecycle/KeyEvent';
import { OwnerOverride } from '../lifecycle/policy';
import { KeyTransition } from '../lifecycle/transitions';
import { countActive } from './countActive';
import {
  changeEvent,
  creationEvent,
  identityEvent,
  insertEvent,
  policyEvent,
  transitionEvent,
} from './events';
import { KeyOwner, OwnerIdentityChange } from '../lifecycle/KeyOwner';
import { holdOverrides } from './PolicyStore';
import {
  KeyChanges,
  KeyUnderPolicy,
  OwnerKeysTransaction,
} from './OwnerKeysTransaction';
import { changeIdentity } from './ownerIdentity';
import { lockOwner, saveOwner } from './owners';
import { ApiKeyRow, fromRow, toColumns, toRow } from './rows';
import { requestSessionEnd } from './sessionEnds';
import { searchTextOf, sortNameOf } from './searchText';

/** The fields that {@link KeyChanges} change. */
const CHANGEABLE_FIELDS = [
  'name',
  'description',
  'expiresAt',
  'requestedExpiresAt',
  'chosenLifetime',
] as const;

/** The fields that a policy changes on a key. */
const POLICY_FIELDS = [
  'expiresAt',
  'inactivityTimeout',
  'forbiddenPlugins',
] as const;

/** {@link OwnerKeysTransaction} inside a transaction that holds the lock of their owner. */
export class DatabaseOwnerKeys implements OwnerKeysTransaction {
  readonly #tx: Knex.Transaction;
  readonly owner: KeyOwner;
  readonly #events: KeyEvent[] = [];

  /** Locks the owner until the transaction ends. */
  static async lock(
    tx: Knex.Transaction,
    owner: string,
  ): Promise<DatabaseOwnerKeys> {
    return new DatabaseOwnerKeys(tx, await lockOwner(tx, owner));
  }

  private constructor(tx: Knex.Transaction, owner: KeyOwner) {
    this.#tx = tx;
    this.owner = owner;
  }

  /** Events of the changes, valid once the transaction is committed. */
  get events(): readonly KeyEvent[] {
    return this.#events;
  }

  async find(id: string): Promise<ApiKeyRecord | undefined> {
    const row = await this.#rows().where({ id }).first();
    return row && fromRow(row);
  }

  async family(familyId: string): Promise<ApiKeyRecord[]> {
    return this.#lockRows({ family_id: familyId });
  }

  async findUnrevoked(): Promise<ApiKeyRecord[]> {
    return this.#lockRows({ revoked_at: null });
  }

  async countActive(now: number): Promise<number> {
    return countActive(this.#tx, this.owner.ref, now);
  }

  async findOverrides(refs: readonly string[]): Promise<OwnerOverride[]> {
    return holdOverrides(this.#tx, refs);
  }

  async saveOwner(state: Pick<KeyOwner, 'memberOf' | 'bounds'>): Promise<void> {
    await saveOwner(this.#tx, { ref: this.owner.ref, ...state });
  }

  async changeIdentity(
    change: OwnerIdentityChange,
    now: number,
  ): Promise<number> {
    // Locked first, since the state of the owner is written to the keys as well.
    const keys = await this.findUnrevoked();
    await changeIdentity(this.#tx, this.owner.ref, change, now);
    if (change.type === 'learned') return 0;
    // The sessions would act as another person from now on.
    if (change.type === 'replaced') await this.requestSessionEnd(now);
    for (const { id: keyId } of keys) {
      if (change.type === 'replaced') {
        await this.apply([endOfReplaced(keyId, change.by)], now);
      } else {
        await this.#record(keyId, identityEvent(change), now);
      }
    }
    return keys.length;
  }

  async requestSessionEnd(now: number): Promise<void> {
    await requestSessionEnd(this.#tx, this.owner.ref, now);
  }

  async insert(key: ApiKeyRecord, secretDigest: string): Promise<void> {
    await this.#tx('api_keys').insert(toRow(key, secretDigest));
    await this.#record(key.id, creationEvent(key), key.createdAt);
  }

  async change(
    key: ApiKeyRecord,
    changes: KeyChanges,
    by: string,
    now: number,
  ): Promise<ApiKeyRecord> {
    const { name, description, expiresAt, chosenLifetime } = {
      ...key,
      ...defined(changes),
    };
    const changed = {
      ...key,
      name,
      description: description ?? undefined,
      expiresAt: expiresAt ?? undefined,
      chosenLifetime,
      // A new end replaces the requested one.
      requestedExpiresAt:
        changes.expiresAt === undefined
          ? key.requestedExpiresAt
          : expiresAt ?? undefined,
    };
    await this.#rows()
      .where({ id: key.id })
      .update({
        ...toColumns(pick(changed, CHANGEABLE_FIELDS)),
        search_text: searchTextOf(changed),
        sort_name: sortNameOf(changed),
      });
    await this.#record(key.id, changeEvent(changes, by), now);
    return changed;
  }

  async applyPolicy(
    key: ApiKeyRecord,
    allowed: KeyUnderPolicy,
    now: number,
  ): Promise<void> {
    await this.#rows()
      .where({ id: key.id })
      .update(toColumns(pick(allowed, POLICY_FIELDS)));
    await this.#record(key.id, policyEvent(allowed, key), now);
  }

  async apply(
    transitions: readonly KeyTransition[],
    now: number,
  ): Promise<number> {
    let applied = 0;
    for (const transition of transitions) {
      const { keyId } = transition;
      const rows = await this.#rows()
        .where({ id: keyId })
        .whereNull('revoked_at')
        .update(columnsOf(transition, now));
      // A transition that was applied before changes nothing and gets no second event.
      if (rows > 0) await this.#record(keyId, transitionEvent(transition), now);
      applied += rows;
    }
    return applied;
  }

  async #record(keyId: string, event: KeyEventDraft, at: number) {
    const owner = this.owner.ref;
    this.#events.push(
      await insertEvent(this.#tx, { ...event, keyId, owner, at }),
    );
  }

  /** Locks rows in the order in which a flush of uses locks them, which prevents deadlocks. */
  async #lockRows(where: Partial<ApiKeyRow>): Promise<ApiKeyRecord[]> {
    const rows = await this.#rows().where(where).orderBy('id').forUpdate();
    return rows.map(fromRow);
  }

  #rows() {
    return this.#tx<ApiKeyRow>('api_keys').where({ owner: this.owner.ref });
  }
}

/** The transition for a key whose owner was replaced by another person or group. */
function endOfReplaced(keyId: string, by: string | undefined): KeyTransition {
  const cause = 'owner-replaced';
  return { type: 'revoke', keyId, by, reason: 'offboarded', cause };
}

function columnsOf(transition: KeyTransition, now: number): Partial<ApiKeyRow> {
  switch (transition.type) {
    case 'revoke':
      return toColumns({
        revokedAt: now,
        revokedBy: transition.by,
        revokedReason: transition.reason,
      });
    case 'retire':
      return {
        successor_id: transition.successorId,
        overlap_ends_at: transition.overlapEndsAt,
      };
    case 'keep-alive':
      return { kept_alive_at: now };
    case 'first-use':
      return { first_used_at: now };
    default:
      throw new Error(`Unknown transition: ${transition satisfies never}`);
  }
}
