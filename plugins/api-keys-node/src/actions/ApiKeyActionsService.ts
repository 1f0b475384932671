import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ActionsService } from '../backstage/actions';
import { enforce } from '../restrictions/enforce';
import { ApiKeyRuntime } from '../authenticator/ApiKeyRuntime';
import { findKeyOfCredentials } from '../authenticator/acceptedKey';

/** The actions service of one plugin, which checks the key behind credentials each time. */
export class ApiKeyActionsService implements ActionsService {
  readonly #pluginId: string;
  readonly #inner: ActionsService;
  readonly #auth: AuthService;
  readonly #runtime: ApiKeyRuntime;

  constructor(options: {
    pluginId: string;
    inner: ActionsService;
    auth: AuthService;
    runtime: ApiKeyRuntime;
  }) {
    this.#pluginId = options.pluginId;
    this.#inner = options.inner;
    this.#auth = options.auth;
    this.#runtime = options.runtime;
  }

  list: ActionsService['list'] = async options => {
    await this.#requireKey(options.credentials);
    return this.#inner.list(options);
  };

  invoke: ActionsService['invoke'] = async options => {
    await this.#requireKey(options.credentials);
    return this.#inner.invoke(options);
  };

  /**
   * @throws {@link ApiKeyRefusedError} for a key that has ended
   * @throws {@link ApiKeyScopeError} for a key that may not, or no longer, be used for this plugin
   */
  async #requireKey(credentials: BackstageCredentials): Promise<void> {
    const found = await findKeyOfCredentials(credentials, {
      auth: this.#auth,
      runtime: this.#runtime,
    });
    if (found) enforce(found.key, { plugin: this.#pluginId });
  }
}
