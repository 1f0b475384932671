import { apiKeyAdminReadPermission } from 'backstage-plugin-api-keys-common';
import { Stores } from '../database/stores';
import {
  KeyEventFilter,
  KeyEventPage,
  KeyEventPageRequest,
} from '../database/queries';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { AdminAccess } from './AdminAccess';
import { Caller } from './ApiKeyService';

/** Events of the keys that an admin or auditor may see. */
export class ApiKeyTrail {
  readonly #stores: Pick<Stores, 'events'>;
  readonly #access: AdminAccess;

  constructor(options: {
    stores: Pick<Stores, 'events'>;
    access: AdminAccess;
  }) {
    this.#stores = options.stores;
    this.#access = options.access;
  }

  async list(
    caller: Caller,
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    const keys = await this.#visibleKeys(caller);
    return this.#stores.events.list({ ...filter, keys }, page);
  }

  /** Returns all events of {@link ApiKeyTrail.list}, oldest first, without holding them in memory. */
  async export(
    caller: Caller,
    filter: KeyEventFilter,
  ): Promise<AsyncIterable<StoredKeyEvent>> {
    const keys = await this.#visibleKeys(caller);
    return this.#stores.events.iterate({ ...filter, keys });
  }

  async #visibleKeys(caller: Caller) {
    await this.#access.require(caller, apiKeyAdminReadPermission);
    return this.#access.visibleKeys(caller);
  }
}
