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

/** The first takes no keys, and the second is pages. */
const NEVER = ['auth', 'app'];
/** Only with permissions of its own, as RBAC brings: without them it has nothing to do for a key. */
const WITH_PERMISSIONS = 'permission';
const FRESH_MS = 5 * 60_000;
/** A plugin that did not answer may do so soon. */
const INCOMPLETE_MS = 30_000;

/** A plugin that keys can be restricted to. */
export type ChoosablePlugin = {
  pluginId: string;
  /** Undefined as long as it has not told. */
  permissions?: readonly Permission[];
};

/**
 * What keys can be restricted to: the plugins of this backend and of others that discovery knows, and their permissions, which
 * each of them tells when asked. That is done when somebody wants to know, and not again for a while; a plugin that is away is
 * known as it was.
 */
export class ChoosablePlugins {
  readonly #instance: InstalledPlugins;
  readonly #config: RootConfigService;
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #logger: LoggerService;
  #known: readonly ChoosablePlugin[] | undefined;
  #freshUntil = 0;
  #asking: Promise<readonly ChoosablePlugin[]> | undefined;

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

  /** All of them, by id. What is out of date is good enough, once there is something. */
  async list(): Promise<readonly ChoosablePlugin[]> {
    const refreshed = this.#refresh();
    return this.#known ?? refreshed;
  }

  /** Asks again unless what is known is fresh; several callers ask once. */
  async #refresh(): Promise<readonly ChoosablePlugin[]> {
    if (this.#known && Date.now() < this.#freshUntil) return this.#known;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<readonly ChoosablePlugin[]> {
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
  ): Promise<{ plugin: ChoosablePlugin; answered: boolean }> {
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
