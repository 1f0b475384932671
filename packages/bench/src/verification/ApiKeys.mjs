import { load } from '../backstage.mjs';

const { createBackend } = load('@backstage/backend-defaults');
const { coreServices, createBackendModule, createServiceFactory } = load(
  '@backstage/backend-plugin-api',
);
const { metricsServiceRef } = load('@backstage/backend-plugin-api/alpha');
const { ConfigReader } = load('@backstage/config');
const { metrics: openTelemetry } = load('@opentelemetry/api');
const { apiKeysPlugin } = load('backstage-plugin-api-keys-backend');
const { apiKeyRuntimeServiceRef } = load(
  'backstage-plugin-api-keys-node/internal',
);

const USE = { plugin: 'bench', ip: '10.0.0.7', userAgent: 'curl/8.5.0' };
const FLUSHED = 'api_keys.usage.flushed.count';

/** Runs the plugin's verification in this process, composed as in `plugin.ts`. */
export class ApiKeys {
  /** Number of keys in each flush of uses. */
  flushedRows = 0;
  #backend;
  #runtime;
  #databaseService;

  /**
   * @param database - as in Backstage's configuration
   * @param apiKeys - as in Backstage's configuration
   */
  static async start({ database, apiKeys = {} }) {
    const started = new ApiKeys();
    const backend = createBackend();
    backend.add(configOf({ database, apiKeys }));
    backend.add(apiKeysPlugin);
    backend.add(started.#metrics());
    backend.add(started.#insider());
    await backend.start();
    started.#backend = backend;
    return started;
  }

  /** Does what a request with a key requires. */
  async verify(secret) {
    const found = await this.#runtime.verifier.verify(secret, USE);
    if (!found.accepted) return false;
    const used = await this.#runtime.verifier.use(found.key, USE);
    return used.accepted;
  }

  /** Backstage's service for the plugin's database. */
  get database() {
    return this.#databaseService;
  }

  stop() {
    return this.#backend.stop();
  }

  /** A module shares the services of its plugin. */
  #insider() {
    return createBackendModule({
      pluginId: 'api-keys',
      moduleId: 'bench',
      register: reg =>
        reg.registerInit({
          deps: {
            database: coreServices.database,
            runtime: apiKeyRuntimeServiceRef,
          },
          init: async ({ database, runtime }) => {
            this.#databaseService = database;
            this.#runtime = runtime;
          },
        }),
    });
  }

  /** No metrics reader, as without an exporter, except for one counter. */
  #metrics() {
    const meter = openTelemetry.getMeter('bench');
    const counter = { add: rows => (this.flushedRows += rows) };
    const counting = Object.create(meter, {
      createCounter: {
        value: (name, options) =>
          name === FLUSHED ? counter : meter.createCounter(name, options),
      },
    });
    return createServiceFactory({
      service: metricsServiceRef,
      deps: {},
      factory: () => counting,
    });
  }
}

function configOf({ database, apiKeys }) {
  const config = new ConfigReader({
    app: { baseUrl: 'http://localhost:0' },
    backend: {
      baseUrl: 'http://localhost:0',
      listen: { host: '127.0.0.1', port: 0 },
      database,
    },
    auth: { providers: { 'api-key': {} } },
    apiKeys,
  });
  return createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () => config,
  });
}
