import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { Client, ClientConfig } from 'pg';

/** Whoever has it starts, and everybody else waits: a lock of PostgreSQL, by name. */
const LOCK = 'select pg_advisory_lock(hashtext($1))';

/**
 * Lets one of several backends start at a time.
 *
 * Plugins make their tables when they start, and Backstage leaves it to knex to keep two backends from making the same ones:
 * all but one fail. On an empty database knex makes even the table of its lock without a lock, which then can hold two rows,
 * so that no backend ever starts again until somebody deletes one of them.
 */
export const startOneAtATime = createServiceFactory({
  service: createServiceRef<{}>({ id: 'demo.startOneAtATime', scope: 'root' }),
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.rootLifecycle,
    logger: coreServices.rootLogger,
  },
  // Before any plugin starts.
  initialization: 'always',
  async factory({ config, lifecycle, logger }) {
    const database = config.getConfig('backend.database');
    if (database.getString('client') !== 'pg') return {};

    const client = new Client(toClientConfig(database.get('connection')));
    // The lock goes with the connection, and is only for the start.
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

/** All backends have to meet in the same database, which is there before theirs are. */
function toClientConfig(connection: unknown): ClientConfig {
  return typeof connection === 'string'
    ? { connectionString: connection }
    : { ...(connection as ClientConfig), database: 'postgres' };
}
