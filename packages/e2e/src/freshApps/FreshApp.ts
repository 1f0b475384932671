import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../../../scripts/free-port.mjs';
import type { PortalDatabases } from '../databases';
import { get } from '../get.mjs';
import { ServerProcess } from '../ServerProcess.mjs';
import { appEnvironment } from './environment.mjs';
import { productionFolder } from './production.mjs';

/** Starting for development compiles the page. */
const START_TIMEOUT_MS = { development: 300_000, production: 120_000 };
/** In development, Backstage reads this file last, because of its name. */
const CONFIG_FILE = 'app-config.local.yaml';
/** Command of a new app's Dockerfile, with our configuration after its own. */
const PRODUCTION_ARGS = [
  'packages/backend',
  ...['app-config.yaml', 'app-config.production.yaml', CONFIG_FILE].flatMap(
    file => ['--config', file],
  ),
];

/** How to start an app. */
export type StartMode = 'development' | 'production';

/** Fresh Backstage app, started as its operator would. */
export class FreshApp {
  /** Address of the page: that of the backend, in production. */
  readonly url: string;
  readonly backendUrl: string;
  readonly #folder: string;
  readonly #mode: StartMode;
  readonly #server: ServerProcess;

  private constructor(
    folder: string,
    mode: StartMode,
    urls: { url: string; backendUrl: string },
  ) {
    this.url = urls.url;
    this.backendUrl = urls.backendUrl;
    this.#folder = folder;
    this.#mode = mode;
    this.#server = new ServerProcess(folder, join(folder, `${mode}.log`));
  }

  /** Creates the app with its own ports and databases, without starting it. */
  static async create(
    folder: string,
    mode: StartMode,
    databases: Pick<PortalDatabases, 'config'>,
  ): Promise<FreshApp> {
    const backendPort = await freePort();
    const port = mode === 'production' ? backendPort : await freePort();
    const url = `http://localhost:${port}`;
    const backendUrl = `http://localhost:${backendPort}`;
    const config = {
      app: { baseUrl: url },
      backend: {
        baseUrl: backendUrl,
        // Uses the form that a new app's configuration has for each engine.
        listen:
          mode === 'production' ? `:${backendPort}` : { port: backendPort },
        cors: { origin: url },
        database: databases.config,
      },
      // The guest is the only user of a new app.
      auth: {
        providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
      },
    };
    // JSON is valid YAML.
    const cwd = mode === 'production' ? productionFolder(folder) : folder;
    await writeFile(join(cwd, CONFIG_FILE), JSON.stringify(config));
    return new FreshApp(cwd, mode, { url, backendUrl });
  }

  async start(): Promise<void> {
    await this.#launch();
    await this.#server.waitUntil(
      () => this.#isReady(),
      START_TIMEOUT_MS[this.#mode],
    );
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  log(): Promise<string> {
    return this.#server.log();
  }

  #launch(): Promise<void> {
    const env = { ...appEnvironment(), NO_COLOR: '1' };
    const cwd = this.#folder;
    return this.#mode === 'production'
      ? this.#server.launch(process.execPath, PRODUCTION_ARGS, {
          cwd,
          env: { ...env, NODE_ENV: 'production' },
        })
      : this.#server.launch('yarn', ['start'], { cwd, env });
  }

  async #isReady(): Promise<boolean> {
    const health = `${this.backendUrl}/.backstage/health/v1/readiness`;
    const bodies = [await get(this.url), await get(health)];
    return bodies.every(body => body !== undefined);
  }
}
