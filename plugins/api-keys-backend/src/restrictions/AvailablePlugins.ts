import {
  AuthService,
  DiscoveryService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Permission } from '@backstage/plugin-permission-common';
import { fetchPermissions } from './fetchPermissions';
import { InstalledPlugins, installedPlugins } from './installedPlugins';

/** The first accepts no keys, and the second serves pages. */
const NEVER = ['auth', 'app'];
/** Available only with permissions of its own, as with RBAC: without them it has no use for a key. */
const WITH_PERMISSIONS = 'permission';
const FRESH_MS = 5 * 60_000;
/** A plugin that did not answer may do so soon. */
const INCOMPLETE_MS = 30_000;

/** A plugin that keys can be restricted to. */
export type AvailablePlugin = {
  pluginId: string;
  /** Undefined until the plugin has answered. */
  permissions?: readonly Permission[];
};

/**
 * Plugins that keys can be restricted to: those of this backend and of others that discovery finds, with their permissions, which
 * each plugin is asked for. Answers are cached for some time; for a plugin that is unavailable, the last answer stays.
 */
export class AvailablePlugins {
  readonly #instance: InstalledPlugins;
  readonly #config: RootConfigService;
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #logger: LoggerService;
  #known: readonly AvailablePlugin[] | undefined;
  #freshUntil = 0;
  #asking: Promise<readonly AvailablePlugin[]> | undefined;

  constructor(options: {
    instance: InstalledPlugins;
    rootConfig: RootConfigService;
    auth: AuthService;
    discovery: DiscoveryService;
    logger: LoggerService;
  }) {
    this.#instance = options.instance;
    this.#config = options.rootConfig;
    this.#auth = options.auth;
    this.#discovery = options.discovery;
    this.#logger = options.logger;
  }

  /** Returns all plugins, by id. Returns an outdated list rather than wait, once there is one. */
  async list(): Promise<readonly AvailablePlugin[]> {
    const refreshed = this.#refresh();
    return this.#known ?? refreshed;
  }

  /** Looks the plugins up unless the cache is fresh; concurrent callers share one lookup. */
  async #refresh(): Promise<readonly AvailablePlugin[]> {
    if (this.#known && Date.now() < this.#freshUntil) return this.#known;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<readonly AvailablePlugin[]> {
    const installed = await installedPlugins(this.#instance, this.#config);
    const ids = installed.filter(id => !NEVER.includes(id));
    const answers = await Promise.all(ids.map(id => this.#askPlugin(id)));
    this.#known = answers
      .map(({ plugin }) => plugin)
      .filter(
        ({ pluginId, permissions }) =>
          pluginId !== WITH_PERMISSIONS || !!permissions?.length,
      );
    const isComplete = answers.every(({ answered }) => answered);
    this.#freshUntil = Date.now() + (isComplete ? FRESH_MS : INCOMPLETE_MS);
    return this.#known;
  }

  async #askPlugin(
    pluginId: string,
  ): Promise<{ plugin: AvailablePlugin; answered: boolean }> {
    try {
      const permissions = await fetchPermissions(pluginId, {
        auth: this.#auth,
        discovery: this.#discovery,
      });
      return { plugin: { pluginId, permissions }, answered: true };
    } catch (error) {
      this.#logger.warn(
        `The plugin '${pluginId}' does not say which permissions it has`,
        toError(error),
      );
      const known = this.#known?.find(one => one.pluginId === pluginId);
      return { plugin: known ?? { pluginId }, answered: false };
    }
  }
}
