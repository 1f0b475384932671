import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { Client, ClientConfig } from 'pg';

/** PostgreSQL advisory lock, by name: its holder starts, all others wait. */
const LOCK = 'select pg_advisory_lock(hashtext($1))';

/**
 * Lets only one of several backends start at a time.
 *
 * Plugins create their tables at start, and Backstage relies on knex to keep two backends from creating the same
 * ones: all but one fail. On an empty database, knex creates its lock table without a lock. The table then can hold
 * two rows, and no backend starts again until somebody deletes one of them.
 */
export const startOneAtATime = createServiceFactory({
  service: createServiceRef<{}>({ id: 'demo.startOneAtATime', scope: 'root' }),
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.rootLifecycle,
    logger: coreServices.rootLogger,
  },
  // Runs before any plugin starts.
  initialization: 'always',
  async factory({ config, lifecycle, logger }) {
    const database = config.getConfig('backend.database');
    if (database.getString('client') !== 'pg') return {};

    const client = new Client(toClientConfig(database.get('connection')));
    // The lock is only for the start, and is released with the connection.
    client.on('error', error =>
      logger.warn('Lost the lock for starting alone', error),
    );
    await client.connect();
    const prefix = database.getOptionalString('prefix') ?? '';
    await client.query(LOCK, [`${prefix} starts`]);
    lifecycle.addStartupHook(() => client.end());
    return {};
  },
});

/** All backends need to connect to the same database, which exists before those of the plugins. */
function toClientConfig(connection: unknown): ClientConfig {
  return typeof connection === 'string'
    ? { connectionString: connection }
    : { ...(connection as ClientConfig), database: 'postgres' };
}
