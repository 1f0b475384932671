import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeyOwnerKind } from 'backstage-plugin-api-keys-common';
import { Audit } from '../../observability/audit/Audit';
import { Stores } from '../../database/stores';
import { KeyOwner } from '../../lifecycle/KeyOwner';
import { toIsoTime } from '../../lifecycle/time';
import { KeyTransition } from '../../lifecycle/transitions';
import { CatalogOwners } from './CatalogOwners';

const OWNERS_AT_A_TIME = 100;
const KEYS_AT_A_TIME = 100;

/** Revokes the keys of owners who have left the catalog permanently. The next run finds owners that a run did not reach or failed for. */
export class Offboarding {
  readonly #stores: Pick<Stores, 'keys' | 'owners'>;
  readonly #owners: CatalogOwners;
  readonly #audit: Audit;
  readonly #logger: LoggerService;
  readonly #revokeAfter: number;

  /** @param options - `revokeAfter` is the time since the owner went missing, in milliseconds */
  constructor(options: {
    stores: Pick<Stores, 'keys' | 'owners'>;
    owners: CatalogOwners;
    audit: Audit;
    logger: LoggerService;
    revokeAfter: number;
  }) {
    this.#stores = options.stores;
    this.#owners = options.owners;
    this.#audit = options.audit;
    this.#logger = options.logger;
    this.#revokeAfter = options.revokeAfter;
  }

  /**
   * Continues with the next owner after a failure.
   *
   * @param kinds - of owners for which the catalog was plausible just now
   * @throws the first failure, at the end: metrics of tasks must show a run that left keys working as failed
   */
  async run(kinds: readonly ApiKeyOwnerKind[]): Promise<void> {
    const failures: unknown[] = [];
    const missingUntil = Date.now() - this.#revokeAfter;
    let page: KeyOwner[] = [];
    do {
      page = await this.#stores.owners.list({
        after: page.at(-1)?.ref,
        limit: OWNERS_AT_A_TIME,
        missingUntil,
      });
      for (const owner of page) {
        const { ref } = owner;
        if (!kinds.some(kind => ref.startsWith(`${kind}:`))) continue;
        await this.#offboard(owner, missingUntil).catch(error => {
          this.#logger.error(`Could not revoke the API keys of ${ref}`, error);
          failures.push(error);
        });
      }
    } while (page.length === OWNERS_AT_A_TIME);
    if (failures.length > 0) throw failures[0];
  }

  async #offboard(
    { ref: owner, missingSince }: KeyOwner,
    missingUntil: number,
  ) {
    // Revoking cannot be undone, so the catalog is asked again: the owner may just have returned.
    if (await this.#owners.has(owner)) return;
    let revokedKeys = 0;
    let revoked: number;
    do {
      revoked = await this.#revokeSome(owner, missingUntil);
      revokedKeys += revoked;
    } while (revoked === KEYS_AT_A_TIME);
    if (revokedKeys === 0) return;

    this.#logger.info(
      `Revoked ${revokedKeys} API keys of ${owner}, who has left the catalog`,
    );
    this.#audit.record({
      eventId: 'owner-offboard',
      severityLevel: 'high',
      meta: { owner, revokedKeys, missingSince: toIsoTime(missingSince!) },
    });
  }

  async #revokeSome(owner: string, missingUntil: number): Promise<number> {
    return this.#stores.keys.withOwnerLock(owner, async keys => {
      const { missingSince = Infinity } = keys.owner;
      if (missingSince > missingUntil) return 0;
      const some = (await keys.findUnrevoked()).slice(0, KEYS_AT_A_TIME);
      const transitions = some.map(
        ({ id }): KeyTransition => ({
          type: 'revoke',
          keyId: id,
          reason: 'offboarded',
        }),
      );
      if (some.length > 0) await keys.requestSessionEnd(Date.now());
      return keys.apply(transitions, Date.now());
    });
  }
}
