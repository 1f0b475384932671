import { TestDatabases } from '@backstage/backend-test-utils';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';
import { Operation, operations } from '../openapi/document';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Operation for gateways, which treat all but a few statuses as an error of their own. */
const OF_GATEWAYS = 'verifyRequest';
/** Operations that need no credentials. */
const WITHOUT_CREDENTIALS = ['revokeSecret', 'reportLeaks'];

const withCredentials = operations.filter(
  ({ id }) => !WITHOUT_CREDENTIALS.includes(id),
);

const ID = '00000000-0000-4000-8000-000000000000';
const OWNER = encodeURIComponent('user:default/ada');

/** Sends a request with a valid path; authentication comes before the rest of the input. Validates the answer against openapi.yaml. */
function send(portal: TestPortal, { method, path }: Operation, secret: string) {
  const filled = path
    .replace('{id}', ID)
    .replace('{owner}', OWNER)
    .replace('{scope}', 'reports%3Aread');
  return portal.call(method, `/api/api-keys${filled}`, secret);
}

describe.each(databases.eachSupportedId())(
  'a request that cannot be answered now, on %s,',
  databaseId => {
    let portal: TestPortal;

    afterEach(() => portal.stop());

    it.each([
      ['a key that is used too often', { requests: { max: 1, per: '1 hour' } }],
      ['an address of which too much failed', { failuresPerIp: { max: 1 } }],
    ])(
      'gets a 429 for %s, as described, on every operation',
      async (_, limits) => {
        portal = await startTestPortal({
          knex: await databases.init(databaseId),
          port: await freePort(),
          apiKeys: { limits },
        });
        const { secret } = await portal.createKey('ada');
        const presented = 'requests' in limits ? secret : generateSecret('bsk');
        await portal.call('get', '/api/probe/whoami', presented);
        await portal.call('get', '/api/probe/whoami', presented);
        for (const operation of withCredentials) {
          const { status, headers } = await send(portal, operation, presented);
          const { id } = operation;
          expect({ id, status }).toEqual({
            id,
            status: id === OF_GATEWAYS ? 403 : 429,
          });
          expect(Number(headers['retry-after'])).toBeGreaterThan(0);
        }
      },
    );

    it('gets a 503 while the database is down, as described, on every operation', async () => {
      const knex = await databases.init(databaseId);
      portal = await startTestPortal({ knex });
      const { secret } = await portal.createKey('ada');
      await knex.schema.renameTable('api_keys', 'away');
      for (const operation of withCredentials) {
        const { status, headers } = await send(portal, operation, secret);
        const { id } = operation;
        expect({ id, status }).toEqual({ id, status: 503 });
        expect(headers['retry-after']).toBe('5');
      }
      await portal
        .call('post', '/api/api-keys/v1/revoke')
        .send({ token: secret })
        .expect(503);
    });
  },
);
