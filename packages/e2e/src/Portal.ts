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
const LINES_TO_SHOW = 60;

const backendDir = join(portalDir, 'packages/backend');

/** The demo portal as it is deployed, in a process of its own. */
export class Portal {
  readonly url: string;
  /** Everything that the portal has written to its log. */
  readonly logFile: string;
  readonly #configFile: string;
  readonly #moreConfigFile: string;
  readonly #folder: string;
  readonly #environment: string;
  #process?: ChildProcess;

  private constructor(url: string, folder: string, environment: string) {
    this.url = url;
    this.#folder = folder;
    this.#environment = environment;
    this.logFile = join(folder, 'portal.log');
    this.#configFile = join(folder, 'app-config.yaml');
    this.#moreConfigFile = join(folder, 'app-config.more.yaml');
  }

  /**
   * A portal on a free port; it is not running yet.
   *
   * @param more - configuration on top of what all portals have
   * @param options - `environment` is its NODE_ENV; the demo sign-in refuses to run in `production`
   */
  static async create(
    databases: Pick<PortalDatabases, 'config'>,
    more: object = {},
    { environment = 'development' } = {},
  ): Promise<Portal> {
    if (!existsSync(backendDir)) {
      throw new Error('The portal is not built. Run `yarn test:e2e` instead.');
    }
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const folder = await mkdtemp(join(tmpdir(), 'api-keys-portal-'));
    const portal = new Portal(url, folder, environment);
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
    await this.launch();
    await this.waitUntilReady();
  }

  /** Starts the portal without waiting for anything. */
  async launch(): Promise<void> {
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
        env: {
          ...process.env,
          NODE_ENV: this.#environment,
          NO_COLOR: '1',
        },
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    await log.close();
    this.#process = child;
    process.on('exit', this.#kill);
  }

  /** Stops the portal the way a rollout does. */
  async stop(): Promise<void> {
    const child = this.#forget();
    if (!child || hasEnded(child)) return;

    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    const inTime = await Promise.race([ended, sleep(STOP_TIMEOUT_MS, 'late')]);
    if (inTime === 'late') {
      child.kill('SIGKILL');
      throw new Error(`The portal did not stop:\n${await this.#lastLines()}`);
    }
  }

  /** Ends the portal the way a machine does that loses its power. */
  async kill(): Promise<void> {
    const child = this.#forget();
    if (!child || hasEnded(child)) return;

    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** Waits until users can sign in; the process must not end before. */
  async waitUntilReady(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline && this.isRunning) {
      if (await this.#isReady()) return;
      await sleep(POLL_MS);
    }
    await this.kill();
    throw new Error(`The portal did not start:\n${await this.#lastLines()}`);
  }

  /** Of the backend, while it runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Whether the process that was started last is there, however it does. */
  get isRunning(): boolean {
    return this.#process !== undefined && !hasEnded(this.#process);
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

  async #lastLines(): Promise<string> {
    return (await this.log()).split('\n').slice(-LINES_TO_SHOW).join('\n');
  }

  /** What is to end ends without being asked twice. */
  #forget(): ChildProcess | undefined {
    const child = this.#process;
    this.#process = undefined;
    process.off('exit', this.#kill);
    return child;
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
