import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { fetchPermissionMetadata } from '../fetchPermissionMetadata';

/** Limits how long "no permissions" is cached, since a plugin registers its permissions while it starts. */
const NONE_TTL_MS = 5 * 60_000;

/**
 * Finds out if a plugin has permissions of its own. Asks the plugin over HTTP, since plugins register permissions in several
 * ways. Search, for example, has none and asks for those of the catalog, so no key can be limited to some of its permissions.
 */
export class OwnPermissions {
  readonly #pluginId: string;
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  #known: Promise<boolean> | undefined;
  #knownUntil = 0;

  constructor(options: {
    pluginId: string;
    auth: AuthService;
    discovery: DiscoveryService;
  }) {
    this.#pluginId = options.pluginId;
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** @throws ServiceUnavailableError if the plugin does not answer */
  async exist(): Promise<boolean> {
    if (!this.#known || Date.now() >= this.#knownUntil) {
      this.#knownUntil = Infinity;
      this.#known = this.#ask();
    }
    return this.#known;
  }

  async #ask(): Promise<boolean> {
    try {
      const exist = await this.#fetch();
      if (!exist) this.#knownUntil = Date.now() + NONE_TTL_MS;
      return exist;
    } catch {
      this.#known = undefined;
      throw new ServiceUnavailableError(
        `Which permissions the plugin '${
          this.#pluginId
        }' has cannot be told right now, try again shortly`,
      );
    }
  }

  async #fetch(): Promise<boolean> {
    const metadata = await fetchPermissionMetadata(this.#pluginId, {
      auth: this.#auth,
      discovery: this.#discovery,
    });
    if (metadata === undefined) return false;
    const { permissions } = metadata;
    return Array.isArray(permissions) && permissions.length > 0;
  }
}
