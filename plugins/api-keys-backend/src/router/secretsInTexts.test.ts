import { inspect } from 'node:util';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { Knex } from 'knex';
import request from 'supertest';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { TextField, textFieldsOf } from '../__testUtils__/textFields';
import { Operation, OperationId, operations } from '../openapi/document';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const API = '/api/api-keys';
const REFUSAL =
  'contains an API key: remove it, and revoke the key if others may have seen it';

/** Operations with the request of a gateway's client, of which nothing is read as input of this API, or stored. */
const WITHOUT_INPUT: OperationId[] = ['verifyRequest'];

const fields = operations
  .filter(({ id }) => !WITHOUT_INPUT.includes(id))
  .flatMap(operation =>
    textFieldsOf(operation).map(field => ({ operation, field })),
  );
const checked = fields.filter(({ field }) => !field.isSecret);

it('only fields that may hold a secret are exempt', () => {
  const exempt = fields
    .filter(({ field }) => field.isSecret)
    .map(({ operation, field }) => `${operation.id} ${field.name}`);
  expect([...new Set(exempt)].sort()).toEqual([
    'introspectSecret token',
    'lookUpKey token',
    'lookUpSecret token',
    'reportLeaks [0].source',
    'reportLeaks [0].token',
    'reportLeaks [0].type',
    'reportLeaks [0].url',
    'revokeSecret token',
    'revokeSecret token[0]',
  ]);
});

describe.each(databases.eachSupportedId())(
  'a secret in a text of a request, on %s',
  databaseId => {
    const auditor = mockServices.auditor.mock();
    const audited = { success: jest.fn(), fail: jest.fn() };
    const logger = mockServices.logger.mock();
    let knex: Knex;
    let portal: TestPortal;
    let ada: string;
    let key: { id: string; secret: string };
    let rows: unknown;

    const readRows = async () => ({
      keys: await knex('api_keys')
        .select('id', 'name', 'description', 'revoked_at', 'expires_at')
        .orderBy('id'),
      events: await knex('api_key_events')
        .select('id', 'at', 'type', 'key_id', 'owner', 'actor', 'details')
        .orderBy('id'),
      policies: await knex('api_key_policies').orderBy('owner'),
    });

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      logger.child.mockReturnValue(logger);
      portal = await startTestPortal({
        knex,
        features: [
          auditor.factory,
          createServiceFactory({
            service: coreServices.logger,
            deps: {},
            factory: () => logger,
          }),
        ],
      });
      auditor.createEvent.mockImplementation(async () => audited);
      ada = await portal.signIn('ada');
      const created = await portal.createKey('ada');
      key = { id: created.key.id, secret: created.secret };
      rows = await readRows();
    });

    afterAll(() => portal.stop());

    async function expectNoTrace(secret: string) {
      expect(await readRows()).toEqual(rows);
      const written = [
        ...auditor.createEvent.mock.calls.map(([event]) => ({
          ...event,
          request: event.request?.originalUrl,
        })),
        audited.fail.mock.calls,
        audited.success.mock.calls,
        ...['error', 'warn', 'info', 'debug'].map(
          level => logger[level as 'info'].mock.calls,
        ),
      ];
      expect(inspect(written, { depth: 9 })).not.toContain(secret);
    }

    it.each(
      checked.map(
        ({ operation, field }) =>
          [operation.id, field.in, field.name, operation, field] as const,
      ),
    )(
      '%s refuses it in the %s as %s, without a trace',
      async (_id, _in, name, operation, field) => {
        const secret = generateSecret('old');
        const text = `see ${secret}!`;
        const answer = await send(operation, field, text);
        // A text in the URL is refused before it is assigned to a field.
        const named = {
          path: 'The path',
          query: `${name.replace('[0]', '')}:`,
          body: `${name}:`,
        }[_in];
        expect([answer.status, answer.body.error]).toEqual([
          400,
          expect.objectContaining({
            name: 'InputError',
            message: expect.stringContaining(`${named} ${REFUSAL}`),
          }),
        ]);
        expect(answer.text).not.toContain(secret);
        await expectNoTrace(secret);
      },
    );

    it('is refused percent-encoded, in the name of a field and in that of a parameter too', async () => {
      const { secret } = key;
      for (const answer of [
        await portal
          .call('post', `${API}/v1/keys`, ada)
          .send({ name: secret.replace('_', '%5F') }),
        await portal
          .call('post', `${API}/v1/keys`, ada)
          .send({ name: 'ci', [secret]: true }),
        await portal.call('get', `${API}/v1/keys?${secret}=1`, ada),
        await portal.call(
          'get',
          `${API}/v1/keys?q=${secret.replace('_', '%5F')}`,
          ada,
        ),
        await portal.call(
          'delete',
          `${API}/v1/keys/${key.id}?x=${secret}`,
          ada,
        ),
      ]) {
        expect(answer.status).toBe(400);
        expect(answer.body.error.message).toContain(REFUSAL);
        expect(answer.text).not.toContain(secret);
        expect(decodeURIComponent(answer.text)).not.toContain(secret);
      }
      await expectNoTrace(secret);
    });

    it('is no matter where it belongs, or if the checksum is wrong', async () => {
      const lookup = `${API}/v1/keys/lookup`;
      const body = { token: key.secret };
      await portal.call('post', lookup, ada).send(body).expect(200);
      const wrong = `${key.secret.slice(0, -1)}${
        key.secret.endsWith('x') ? 'y' : 'x'
      }`;
      const { status } = await portal.call(
        'get',
        `${API}/v1/keys?q=${wrong}`,
        ada,
      );
      expect(status).toBe(200);
    });

    it('is not repeated to a gateway that requires it as a scope', async () => {
      const secret = generateSecret('bsk');
      for (const path of [`?scope=${secret}`, `/scopes/${secret}/orders`]) {
        const { status, text, headers } = await request(portal.url)
          .get(`${API}/v1/verify${path}`)
          .set('Authorization', `Bearer ${key.secret}`);
        expect(status).toBe(401);
        expect(`${text} ${JSON.stringify(headers)}`).not.toContain(secret);
      }
    });

    it('is not mentioned to callers who are not signed in', async () => {
      const { status, text } = await request(portal.url).get(
        `${API}/v1/keys?q=${key.secret}`,
      );
      expect(status).toBe(401);
      expect(text).not.toContain(REFUSAL);
    });

    function send(operation: Operation, field: TextField, text: string) {
      const { id, method, path, requestBody } = operation;
      const values: { [name: string]: string } = {
        id: key.id,
        owner: 'user:default/ada',
        scope: 'deploy',
      };
      if (field.in === 'path') values[field.name] = text;
      const url = path.replaceAll(/\{(\w+)\}/g, (_, name) =>
        encodeURIComponent(values[name]),
      );
      const [parameter] = field.name.split('[');
      const query =
        field.in === 'query' ? `${parameter}=${encodeURIComponent(text)}` : '';
      const bearer = path.startsWith('/v1/self') ? key.secret : ada;
      const test = portal.call(
        method,
        `${API}${url}?${query}`,
        id === 'revokeSecret' ? undefined : bearer,
      );
      if (field.in !== 'body') return test;
      const [mediaType] = Object.keys(requestBody!.content);
      return test
        .type(mediaType.includes('form') ? 'form' : 'json')
        .send(field.holding(text) as object);
    }
  },
);
