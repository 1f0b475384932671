import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import {
  askForAll,
  EVERY_OPERATION,
  Given,
  prepare,
  stateOf,
  WITHOUT_DATABASE,
} from '../../__testUtils__/everyOperation';
import { expected, outcomes } from '../../__testUtils__/outcomes';
import {
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';
import { OperationId } from '../../openapi/document';
import { isReading } from '../../router/operationRoutes';

/** Subset of the driver's connection that is used here. */
type SqliteFile = { pragma(text: string): void };

describe('every operation, on SQLite', () => {
  const directory = createMockDirectory();
  let knex: Knex;
  /** Stands for another process that uses the file. */
  let other: Knex;
  let portal: TestPortal;
  let given: Map<OperationId, Given>;

  beforeAll(async () => {
    const filename = join(directory.path, 'api-keys.sqlite');
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename },
      useNullAsDefault: true,
      pool: {
        min: 1,
        max: 1,
        // By default, each statement blocks the process for five seconds.
        afterCreate: (database: SqliteFile, done: () => void) => {
          database.pragma('busy_timeout = 20');
          done();
        },
      },
    });
    portal = await startTestPortal({ knex, apiKeys: EVERY_OPERATION });
    other = knexFactory({
      client: 'better-sqlite3',
      connection: { filename },
      useNullAsDefault: true,
    });
  });

  beforeEach(async () => {
    given = await prepare(portal, knex);
  });

  afterAll(async () => {
    await other.destroy();
    await portal.stop();
    await knex.destroy();
  });

  const whileAway = expected(id => {
    if (WITHOUT_DATABASE.includes(id)) return 'done';
    return isReading(id) ? 'no note' : 'none';
  });
  const readOnly = expected(id => (isReading(id) ? 'done' : 'none'));

  it.each<[string, Record<string, string>, () => Promise<() => unknown>]>([
    [
      'is locked by another process',
      whileAway,
      async () => {
        await other.raw('begin exclusive');
        return () => other.raw('rollback');
      },
    ],
    [
      'is being written by another process',
      readOnly,
      async () => {
        await other.raw('begin immediate');
        return () => other.raw('rollback');
      },
    ],
    [
      'is read by another process, so that COMMIT is refused',
      readOnly,
      async () => {
        await other.raw('begin');
        await other('api_keys').count();
        return () => other.raw('rollback');
      },
    ],
    [
      'can only be read',
      readOnly,
      async () => {
        await knex.raw('pragma query_only = on');
        return () => knex.raw('pragma query_only = off');
      },
    ],
  ])(
    'gets a 503 with Retry-After while the file %s, which says correctly that nothing was changed',
    async (_, wanted, begin) => {
      const before = await stateOf(knex);
      const end = await begin();
      const answers = await askForAll(portal, given);
      await end();
      expect(outcomes(answers)).toEqual(wanted);
      expect(await stateOf(knex)).toEqual(before);
      // No uncommitted transaction is left open: a later write is visible to all connections.
      const { key } = await portal.createKey('ada', { name: 'afterwards' });
      expect(
        await other('api_keys').where({ id: key.id }).first('name'),
      ).toEqual({ name: 'afterwards' });
    },
  );
});
