import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../scripts/free-port.mjs';
import type { PortalDatabases } from './databases';
import { get } from './get.mjs';
import { portalDir, root } from './paths.mjs';
import { ServerProcess } from './ServerProcess.mjs';

/** Several portals may start at once, on a busy machine. */
const START_TIMEOUT_MS = 120_000;

const backendDir = join(portalDir, 'packages/backend');

/** Options for starting a portal. */
export type PortalOptions = {
  /** NODE_ENV of the portal; the demo sign-in refuses to run in `production`. */
  environment?: string;
  /** File to start in the backend's folder; the demo portal's own by default. */
  entry?: string;
  /** Additional environment variables. */
  env?: NodeJS.ProcessEnv;
};

/** Demo portal as it is deployed, in a process of its own. */
export class Portal {
  readonly url: string;
  readonly #configFile: string;
  readonly #moreConfigFile: string;
  readonly #folder: string;
  readonly #entry: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #server: ServerProcess;

  private constructor(
    url: string,
    folder: string,
    { environment = 'development', entry = '.', env = {} }: PortalOptions,
  ) {
    this.url = url;
    this.#folder = folder;
    this.#entry = entry;
    this.#env = { NODE_ENV: environment, ...env };
    this.#server = new ServerProcess('The portal', join(folder, 'portal.log'));
    this.#configFile = join(folder, 'app-config.yaml');
    this.#moreConfigFile = join(folder, 'app-config.more.yaml');
  }

  /**
   * Creates a portal on a free port, without starting it.
   *
   * @param more - configuration on top of the common configuration
   */
  static async create(
    databases: Pick<PortalDatabases, 'config'>,
    more: object = {},
    options: PortalOptions = {},
  ): Promise<Portal> {
    if (!existsSync(backendDir)) {
      throw new Error('The portal is not built. Run `yarn test:e2e` instead.');
    }
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const folder = await mkdtemp(join(tmpdir(), 'api-keys-portal-'));
    const portal = new Portal(url, folder, options);
    const config = {
      app: { baseUrl: url },
      backend: {
        baseUrl: url,
        listen: { host: '127.0.0.1', port },
        cors: { origin: url },
        database: databases.config,
      },
    };
    // JSON is valid YAML.
    await writeFile(portal.#configFile, JSON.stringify(config));
    await writeFile(portal.#moreConfigFile, JSON.stringify(more));
    return portal;
  }

  /** Starts the portal and waits until users can sign in. */
  async start(): Promise<void> {
    await this.launch();
    await this.waitUntilReady();
  }

  /** Starts the portal without waiting. */
  launch(): Promise<void> {
    const configs = [
      join(root, 'app-config.yaml'),
      this.#configFile,
      this.#moreConfigFile,
    ];
    // Keeps Node from following the symlinks in the portal's node_modules out of the packed portal.
    const node = [
      '--preserve-symlinks',
      '--preserve-symlinks-main',
      this.#entry,
    ];
    return this.#server.launch(
      process.execPath,
      node.concat(configs.flatMap(file => ['--config', file])),
      {
        cwd: backendDir,
        env: {
          ...process.env,
          ...this.#env,
          NO_COLOR: '1',
        },
      },
    );
  }

  /** Stops the portal as a rollout does. */
  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** Kills the portal, as a power failure would. */
  kill(): Promise<void> {
    return this.#server.kill();
  }

  /** Waits until users can sign in; throws if the process ends before. */
  waitUntilReady(): Promise<void> {
    return this.#server.waitUntil(() => this.#isReady(), START_TIMEOUT_MS);
  }

  /** Process id of the running backend. */
  get pid(): number | undefined {
    return this.#server.pid;
  }

  /** True while the process that was started last exists, in whatever state. */
  get isRunning(): boolean {
    return this.#server.isRunning;
  }

  /** Everything that the portal has logged. */
  get logFile(): string {
    return this.#server.logFile;
  }

  log(): Promise<string> {
    return this.#server.log();
  }

  /** Stops the portal and deletes its log. */
  async remove(): Promise<void> {
    try {
      await this.stop();
    } finally {
      await rm(this.#folder, { recursive: true });
    }
  }

  /** True once the portal is ready and the catalog has read its users. */
  async #isReady(): Promise<boolean> {
    const ready = await get(`${this.url}/.backstage/health/v1/readiness`);
    if (ready === undefined) return false;
    const users = await get(`${this.url}/api/auth/demo/users`);
    return users?.includes('user:default/ada') ?? false;
  }
}
