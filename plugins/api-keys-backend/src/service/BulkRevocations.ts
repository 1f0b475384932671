import { RevokeApiKeysRequest } from 'backstage-plugin-api-keys-common';
import { KeyFilter, KeyVisibility } from '../database/queries';
import { InterruptedChangeError } from '../lib/InterruptedChangeError';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { UNREVOKED_STATUSES } from '../lifecycle/status';
import { AlsoRevoked, AlsoRevokedKeys } from './AlsoRevokedKeys';
import { DefaultApiKeyService } from './DefaultApiKeyService';

/** Keys to revoke, and the reason. */
export type BulkRevocation = Omit<RevokeApiKeysRequest, 'filter'> & {
  filter?: KeyFilter;
};

export type BulkResult = {
  /** Matching keys that were not revoked before. */
  matched: number;
  revoked: number;
  alsoRevoked: AlsoRevoked;
};

/** Revokes many keys, one after the other, each with its self-made descendants. */
export class BulkRevocations {
  readonly #service: DefaultApiKeyService;

  constructor(service: DefaultApiKeyService) {
    this.#service = service;
  }

  /** @param scope - the keys that exist for the caller */
  async revoke(
    scope: KeyVisibility,
    request: BulkRevocation,
    by: string,
  ): Promise<BulkResult> {
    const { dryRun, reason, limit = Infinity } = request;
    if (dryRun) return this.#preview(scope, request);

    const also = new AlsoRevokedKeys();
    let matched = 0;
    let revoked = 0;
    try {
      for await (const key of this.#find(scope, request)) {
        const ended = await this.#service.revoke(key, { by, reason });
        // The key may have ended earlier in this loop, as a descendant of another one.
        const wasEndedHere =
          also.remove(key.id) || ended.key.revokedAt === undefined;
        also.add(ended.alsoRevoked);
        if (wasEndedHere) revoked += 1;
        if (key.revokedAt === undefined) matched += 1;
        if (matched >= limit) break;
      }
      return {
        matched,
        revoked,
        alsoRevoked: await this.#describe(scope, also),
      };
    } catch (error) {
      if (revoked === 0) throw error;
      throw new InterruptedChangeError(
        `Keys that were revoked before: ${revoked}`,
        error,
      );
    }
  }

  async #preview(
    scope: KeyVisibility,
    request: BulkRevocation,
  ): Promise<BulkResult> {
    const { ids, filter, reason } = request;
    const also = new AlsoRevokedKeys();
    const asked: string[] = [];
    let matched = 0;
    // A key whose family has ended ends no other, and most keys have no family.
    const some = ids ? request : { filter: { ...filter, familyLives: true } };
    for await (const key of this.#find(scope, some)) {
      also.add(await this.#service.previewRevocation(key, { reason }));
      asked.push(key.id);
      if (key.revokedAt === undefined) matched += 1;
    }
    for (const id of asked) also.remove(id);
    if (!ids) matched = await this.#service.count(scope, notRevoked(filter));
    return {
      matched,
      revoked: 0,
      alsoRevoked: await this.#describe(scope, also),
    };
  }

  async #describe(scope: KeyVisibility, also: AlsoRevokedKeys) {
    return also.describe(ids => this.#service.findByIds(scope, ids));
  }

  /**
   * Finds the requested keys without holding them in memory: for a filter, those that are not revoked yet. For ids, also revoked
   * ones, since their self-made descendants may still work.
   */
  async *#find(
    scope: KeyVisibility,
    { ids, filter }: Pick<BulkRevocation, 'ids' | 'filter'>,
  ): AsyncGenerator<ApiKeyRecord> {
    if (ids) yield* await this.#service.findByIds(scope, ids);
    else yield* this.#service.iterate(scope, notRevoked(filter));
  }
}

function notRevoked(filter: KeyFilter | undefined): KeyFilter {
  const statuses = UNREVOKED_STATUSES.filter(
    status => !filter?.statuses || filter.statuses.includes(status),
  );
  return { ...filter, statuses };
}
