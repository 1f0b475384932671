import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { KeyOwner } from '../database/KeyOwner';
import { firstOf } from '../lib/withMore';
import { CatalogOwners, OWNER_KINDS, OwnerKind } from './CatalogOwners';
import { reasonForDisbelief } from './disbelief';

const PAGE_SIZE = 500;
/** In a warning: enough to see who it is about. */
const NAMED_MAX = 10;
const named = (refs: readonly string[]) => firstOf(refs, NAMED_MAX);

/** The owners of one kind, as the catalog has them now. */
type Look = {
  kind: OwnerKind;
  present: number;
  /** Who is back. */
  returned: string[];
  /** Who was there at the look before. */
  vanished: string[];
  /** Who was not there then, either. */
  missing: string[];
};

/**
 * Finds out which owners of keys have left the catalog. Their keys are refused from then on, also where a user token is
 * still at hand, and accepted again when they are back.
 */
export class OwnerPresence {
  readonly #store: ApiKeyStore;
  readonly #owners: CatalogOwners;
  readonly #logger: LoggerService;

  constructor(options: {
    store: ApiKeyStore;
    owners: CatalogOwners;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#owners = options.owners;
    this.#logger = options.logger;
  }

  /**
   * Users and groups are judged on their own: they may come from different places.
   *
   * @returns the kinds of owners for which the catalog was believed
   * @throws if the catalog cannot be asked; then nobody is taken for missing who was not before
   */
  async check(): Promise<OwnerKind[]> {
    const looks = await this.#look();
    const believed: OwnerKind[] = [];
    for (const look of looks) {
      if (await this.#judge(look)) believed.push(look.kind);
    }
    return believed;
  }

  async #judge(look: Look): Promise<boolean> {
    const { kind, present, returned, vanished, missing } = look;
    const isConcerned = vanished.length + missing.length > 0;
    const reason = reasonForDisbelief({
      // Who is there proves it; and where nobody is missing it does not matter.
      hasAny: !isConcerned || present > 0 || (await this.#owners.hasAny(kind)),
      present,
      vanished: vanished.length,
    });
    if (reason) this.#warn(look, reason);
    if (!reason && vanished.length > 0) {
      this.#logger.info(
        `No longer in the catalog: ${named(
          vanished,
        )}; their API keys are refused`,
      );
    }
    await this.#store.saveOwnerPresence(
      { kind, returned, vanished: reason ? [] : vanished, believed: !reason },
      Date.now(),
    );
    return !reason;
  }

  async #look(): Promise<Look[]> {
    const looks = OWNER_KINDS.map(
      (kind): Look => ({
        kind,
        present: 0,
        returned: [],
        vanished: [],
        missing: [],
      }),
    );
    let page: KeyOwner[] = [];
    do {
      page = await this.#store.listOwners({
        after: page.at(-1)?.ref,
        limit: PAGE_SIZE,
        concerned: 'by-presence',
      });
      const known = await this.#owners.among(page.map(({ ref }) => ref));
      for (const { ref, missingSince } of page) {
        const look = looks.find(({ kind }) => ref.startsWith(`${kind}:`));
        if (!look) continue;
        const wasMissing = missingSince !== undefined;
        if (known.has(ref)) {
          look.present += 1;
          if (wasMissing) look.returned.push(ref);
        } else {
          (wasMissing ? look.missing : look.vanished).push(ref);
        }
      }
    } while (page.length === PAGE_SIZE);
    return looks;
  }

  #warn({ kind, vanished }: Look, reason: string) {
    const who =
      vanished.length > 0 ? ` (${named(vanished)} would be missing)` : '';
    this.#logger.warn(
      `The catalog is not believed as to which ${kind}s there are: ${reason}. No owner of API keys is taken for missing, and none is offboarded${who}. Check what brings ${kind}s into the catalog; if they have left indeed, revoke their API keys or transfer them to a group`,
    );
  }
}
