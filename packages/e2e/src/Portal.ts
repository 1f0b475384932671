import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../scripts/free-port.mjs';
import type { PortalDatabases } from './databases';
import { portalDir, root } from './paths.mjs';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 200;

const backendDir = join(portalDir, 'packages/backend');

/** The demo portal as it is deployed, in a process of its own. */
export class Portal {
  readonly url: string;
  /** Everything that the portal has written to its log. */
  readonly logFile: string;
  readonly #configFile: string;
  readonly #moreConfigFile: string;
  readonly #folder: string;
  #process?: ChildProcess;

  private constructor(url: string, folder: string) {
    this.url = url;
    this.#folder = folder;
    this.logFile = join(folder, 'portal.log');
    this.#configFile = join(folder, 'app-config.yaml');
    this.#moreConfigFile = join(folder, 'app-config.more.yaml');
  }

  /**
   * A portal on a free port; it is not running yet.
   *
   * @param more - configuration on top of what all portals have
   */
  static async create(
    databases: PortalDatabases,
    more: object = {},
  ): Promise<Portal> {
    if (!existsSync(backendDir)) {
      throw new Error('The portal is not built. Run `yarn test:e2e` instead.');
    }
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const folder = await mkdtemp(join(tmpdir(), 'api-keys-portal-'));
    const portal = new Portal(url, folder);
    const config = {
      app: { baseUrl: url },
      backend: {
        baseUrl: url,
        listen: { host: '127.0.0.1', port },
        cors: { origin: url },
        database: databases.config,
      },
    };
    // JSON is YAML too.
    await writeFile(portal.#configFile, JSON.stringify(config));
    await writeFile(portal.#moreConfigFile, JSON.stringify(more));
    return portal;
  }

  /** Starts the portal and waits until users can sign in. */
  async start(): Promise<void> {
    const log = await open(this.logFile, 'a');
    const configs = [
      join(root, 'app-config.yaml'),
      this.#configFile,
      this.#moreConfigFile,
    ];
    const child = spawn(
      process.execPath,
      // Keeps Node from leaving the packed portal through the links in its node_modules.
      ['--preserve-symlinks', '--preserve-symlinks-main', '.'].concat(
        configs.flatMap(file => ['--config', file]),
      ),
      {
        cwd: backendDir,
        // The demo sign-in refuses to run in production.
        env: { ...process.env, NODE_ENV: 'development', NO_COLOR: '1' },
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    await log.close();
    this.#process = child;
    process.on('exit', this.#kill);
    await this.#waitUntilReady(child);
  }

  /** Stops the portal the way a rollout does. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    this.#process = undefined;
    process.off('exit', this.#kill);
    if (hasEnded(child)) return;

    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    const inTime = await Promise.race([ended, sleep(STOP_TIMEOUT_MS, 'late')]);
    if (inTime === 'late') {
      child.kill('SIGKILL');
      throw new Error(`The portal did not stop:\n${await this.log()}`);
    }
  }

  /** Of the backend, while it runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  log(): Promise<string> {
    return readFile(this.logFile, 'utf8');
  }

  /** Stops the portal and forgets its log. */
  async remove(): Promise<void> {
    try {
      await this.stop();
    } finally {
      await rm(this.#folder, { recursive: true });
    }
  }

  readonly #kill = () => this.#process?.kill('SIGKILL');

  async #waitUntilReady(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline && !hasEnded(child)) {
      if (await this.#isReady()) return;
      await sleep(POLL_MS);
    }
    child.kill('SIGKILL');
    throw new Error(`The portal did not start:\n${await this.log()}`);
  }

  /** Ready to serve, and the catalog has read its users. */
  async #isReady(): Promise<boolean> {
    const ready = await get(`${this.url}/.backstage/health/v1/readiness`);
    if (ready === undefined) return false;
    const users = await get(`${this.url}/api/auth/demo/users`);
    return users?.includes('user:default/ada') ?? false;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** The body of a successful answer. */
async function get(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url);
    const body = await response.text();
    return response.ok ? body : undefined;
  } catch {
    return undefined;
  }
}
