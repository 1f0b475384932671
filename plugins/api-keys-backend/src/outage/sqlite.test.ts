import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import Database from 'better-sqlite3';
import knexFactory, { Knex } from 'knex';
import {
  askForAll,
  EVERY_OPERATION,
  expected,
  Given,
  outcomes,
  prepare,
  stateOf,
} from '../__testUtils__/everyOperation';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { OperationId } from '../openapi/document';
import { isReading } from '../router/operationRoutes';

const WITHOUT_DATABASE: OperationId[] = [
  'getDocument',
  'introspectSecret',
  'verifyRequest',
];

describe('every operation, on SQLite', () => {
  const directory = createMockDirectory();
  let knex: Knex;
  let other: Database.Database;
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
        // By default, each statement stops the process for five seconds.
        afterCreate: (database: Database.Database, done: () => void) => {
          database.pragma('busy_timeout = 20');
          done();
        },
      },
    });
    portal = await startTestPortal({ knex, apiKeys: EVERY_OPERATION });
    other = new Database(filename);
  });

  beforeEach(async () => {
    given = await prepare(portal, knex);
  });

  afterAll(async () => {
    other.close();
    await portal.stop();
    await knex.destroy();
  });

  const whileAway = expected(id => {
    if (WITHOUT_DATABASE.includes(id)) return 'done';
    return isReading(id) ? 'no note' : 'none';
  });
  const readOnly = expected(id => (isReading(id) ? 'done' : 'none'));

  it.each<[string, Record<string, string>, () => () => unknown]>([
    [
      'is locked by another process',
      whileAway,
      async () => {
        other.exec('begin exclusive');
        return () => other.exec('rollback');
      },
    ],
    [
      'is being written by another process',
      readOnly,
      async () => {
        other.exec('begin immediate');
        return () => other.exec('rollback');
      },
    ],
    [
      'is read by another process, so that COMMIT is refused',
      readOnly,
      async () => {
        other.exec('begin');
        other.prepare('select count(*) from api_keys').get();
        return () => other.exec('rollback');
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
    'is answered with 503 and Retry-After while the file %s, and says truly that nothing was changed',
    async (_, wanted, begin) => {
      const before = await stateOf(knex);
      const end = await begin();
      const answers = await askForAll(portal, given);
      await end();
      expect(outcomes(answers)).toEqual(wanted);
      expect(await stateOf(knex)).toEqual(before);
      // Nothing is left of a transaction that was not committed: what comes next is written for all to see.
      const { key } = await portal.createKey('ada', { name: 'afterwards' });
      expect(
        other.prepare('select name from api_keys where id = ?').get(key.id),
      ).toEqual({ name: 'afterwards' });
    },
  );
});
