import { apiKeyAdminReadPermission } from 'backstage-plugin-api-keys-common';
import { Stores } from '../database/stores';
import {
  KeyFilter,
  KeyPage,
  KeyPageRequest,
  KeySummary,
} from '../database/queries';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { DAY, startOfDay } from '../lifecycle/time';
import { AdminAccess } from './AdminAccess';
import { Caller } from './ApiKeyService';

/** Days whose uses are counted, including today. */
const USAGE_DAYS = 30;

/** The keys of all owners, for admins to look at. Secrets are never included. */
export class ApiKeyInventory {
  readonly #stores: Pick<Stores, 'keys' | 'usage'>;
  readonly #access: AdminAccess;

  constructor(options: {
    stores: Pick<Stores, 'keys' | 'usage'>;
    access: AdminAccess;
  }) {
    this.#stores = options.stores;
    this.#access = options.access;
  }

  async list(
    caller: Caller,
    filter: KeyFilter,
    page: KeyPageRequest,
  ): Promise<KeyPage> {
    const scope = await this.#visibleKeys(caller);
    return this.#stores.keys.list(scope, filter, page, Date.now());
  }

  /** Returns all keys of {@link ApiKeyInventory.list}, oldest first, without holding them in memory. */
  async export(
    caller: Caller,
    filter: KeyFilter,
  ): Promise<AsyncIterable<ApiKeyRecord>> {
    const scope = await this.#visibleKeys(caller);
    return this.#stores.keys.iterate(scope, filter, Date.now());
  }

  async summarize(
    caller: Caller,
  ): Promise<KeySummary & { usesByDay: Map<number, number> }> {
    const scope = await this.#visibleKeys(caller);
    const now = Date.now();
    const firstDay = startOfDay(now) - (USAGE_DAYS - 1) * DAY;
    const [summary, usesByDay] = await Promise.all([
      this.#stores.keys.summarize(scope, now),
      this.#stores.usage.getTotalUsage(scope, firstDay),
    ]);
    return { ...summary, usesByDay };
  }

  async #visibleKeys(caller: Caller) {
    await this.#access.require(caller, apiKeyAdminReadPermission);
    return this.#access.visibleKeys(caller);
  }
}
