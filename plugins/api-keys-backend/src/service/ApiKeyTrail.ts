import { apiKeyAdminReadPermission } from 'backstage-plugin-api-keys-common';
import {
  ApiKeyStore,
  KeyEventFilter,
  KeyEventPage,
  KeyEventPageRequest,
} from '../database/ApiKeyStore';
import { KeyEvent } from '../lifecycle/KeyEvent';
import { AdminAccess } from './AdminAccess';
import { Caller } from './ApiKeyService';

/** What happened to everybody's keys, for admins and auditors to look at. */
export class ApiKeyTrail {
  readonly #store: ApiKeyStore;
  readonly #access: AdminAccess;

  constructor(options: { store: ApiKeyStore; access: AdminAccess }) {
    this.#store = options.store;
    this.#access = options.access;
  }

  async list(
    caller: Caller,
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    await this.#access.require(caller, apiKeyAdminReadPermission);
    return this.#store.listEvents(filter, page);
  }

  /** All that {@link ApiKeyTrail.list} has, eldest first, without holding it. */
  async export(
    caller: Caller,
    filter: KeyEventFilter,
  ): Promise<AsyncIterable<KeyEvent>> {
    await this.#access.require(caller, apiKeyAdminReadPermission);
    return this.#store.iterateEvents(filter);
  }
}
