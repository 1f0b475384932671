import { once } from 'node:events';
import { get, IncomingMessage } from 'node:http';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { EVERY_OPERATION } from '../../__testUtils__/everyOperation';
import { aKey } from '../../__testUtils__/keys';
import {
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';
import { toRow } from '../../database/rows';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Pages have 1000 rows. */
const KEYS = 2500;
const PATHS = ['keys.csv', 'events.csv'];

describe.each(databases.eachSupportedId())(
  'an export as CSV on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    let token: string;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({ knex, apiKeys: EVERY_OPERATION });
      token = await portal.signIn('ada');
      const rows = Array.from({ length: KEYS }, () => aKey()).map(key =>
        toRow(key, key.id),
      );
      await knex.batchInsert('api_keys', rows, 100);
      const events = rows.map(({ id, owner }) => ({
        at: 1,
        category: 'AUDIT',
        type: 'created',
        key_id: id,
        owner,
        details: '{}',
      }));
      await knex.batchInsert('api_key_events', events, 100);
      await portal
        .call('get', '/api/api-keys/v1/admin/keys', token)
        .expect(200);
    });

    afterEach(() => knex.removeAllListeners('query'));
    afterAll(() => portal.stop());

    /** Makes the nth page and all later ones fail, as if the connection had closed. */
    function failAtPage(page: number) {
      let pages = 0;
      knex.on('query', ({ sql, bindings }) => {
        if (!/limit/.test(sql) || !bindings.includes(1000)) return;
        pages += 1;
        if (pages < page) return;
        throw Object.assign(new Error('read ECONNRESET'), {
          code: 'ECONNRESET',
        });
      });
    }

    async function read(path: string) {
      const request = get(`${portal.url}/api/api-keys/v1/admin/${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const [response]: IncomingMessage[] = await once(request, 'response');
      let text = '';
      let error: unknown;
      try {
        for await (const chunk of response) text += chunk;
      } catch (thrown) {
        error = thrown;
      }
      const { statusCode: status, headers, complete } = response;
      return { status, headers, text, complete, error };
    }

    it.each(PATHS)('%s is complete if nothing fails', async path => {
      const { status, complete, text } = await read(path);
      expect({ status, complete }).toEqual({ status: 200, complete: true });
      expect(text.trim().split('\r\n').length).toBeGreaterThanOrEqual(KEYS + 1);
    });

    it.each(PATHS)(
      '%s is a 503 and no file if its first page cannot be read',
      async path => {
        failAtPage(1);
        const { status, headers, text } = await read(path);
        expect(status).toBe(503);
        expect(headers['retry-after']).toBe('5');
        expect(headers['content-type']).toContain('application/json');
        expect(headers['content-disposition']).toBeUndefined();
        expect(text).not.toContain('ECONNRESET');
      },
    );

    it.each(PATHS)(
      '%s is aborted and does not pass for a complete file if a later page cannot be read',
      async path => {
        failAtPage(2);
        const { status, complete, error } = await read(path);
        expect({ status, complete }).toEqual({ status: 200, complete: false });
        expect(error).toMatchObject({ code: 'ECONNRESET' });
      },
    );
  },
);
