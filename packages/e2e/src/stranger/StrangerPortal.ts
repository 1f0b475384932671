import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../../../scripts/free-port.mjs';
import type { PortalDatabases } from '../databases';
import { get } from '../get.mjs';
import { ServerProcess } from '../ServerProcess.mjs';
import { appEnvironment } from './environment.mjs';

const START_TIMEOUT_MS = 300_000;

/** An app that is not ours, as somebody starts it on their own machine. */
export class StrangerPortal {
  /** Where the page is. */
  readonly url: string;
  readonly backendUrl: string;
  readonly #folder: string;
  readonly #server: ServerProcess;

  private constructor(folder: string, url: string, backendUrl: string) {
    this.url = url;
    this.backendUrl = backendUrl;
    this.#folder = folder;
    this.#server = new ServerProcess(folder, join(folder, 'start.log'));
  }

  /** Gives the app ports of its own and databases; it is not running yet. */
  static async create(
    folder: string,
    databases: Pick<PortalDatabases, 'config'>,
  ): Promise<StrangerPortal> {
    const [port, backendPort] = [await freePort(), await freePort()];
    const url = `http://localhost:${port}`;
    const backendUrl = `http://localhost:${backendPort}`;
    const config = {
      app: { baseUrl: url },
      backend: {
        baseUrl: backendUrl,
        listen: { port: backendPort },
        cors: { origin: url },
        database: databases.config,
      },
    };
    // Backstage reads this file after the others. JSON is YAML too.
    const file = join(folder, 'app-config.local.yaml');
    await writeFile(file, JSON.stringify(config));
    return new StrangerPortal(folder, url, backendUrl);
  }

  async start(): Promise<void> {
    await this.#server.launch('yarn', ['start'], {
      cwd: this.#folder,
      env: { ...appEnvironment(), NO_COLOR: '1' },
    });
    await this.#server.waitUntil(() => this.#isReady(), START_TIMEOUT_MS);
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  log(): Promise<string> {
    return this.#server.log();
  }

  async #isReady(): Promise<boolean> {
    const health = `${this.backendUrl}/.backstage/health/v1/readiness`;
    const bodies = [await get(this.url), await get(health)];
    return bodies.every(body => body !== undefined);
  }
}
