import { createHash } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import {
  FakeGitHub,
  OTHER_SHARED_SECRET,
  SHARED_SECRET,
  Signature,
  signedByScanner,
  startFakeGitHub,
} from '../__testUtils__/leakReports';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const API = '/api/api-keys/v1';
const URL = 'https://github.com/acme/app/blob/main/.env#L3';
const PLACE = { url: URL, source: 'content' };
const SECRETS = { generic: { secrets: [SHARED_SECRET, OTHER_SHARED_SECRET] } };

const reportOf = (...tokens: string[]) =>
  JSON.stringify(
    tokens.map(token => ({ token, type: 'acme_api_key', ...PLACE })),
  );

const sendTo = (portal: TestPortal, body: string, signature: Signature) =>
  portal
    .call('post', `${API}/leaks`)
    .set({ 'Content-Type': 'application/json', ...signature })
    .send(body);

const statusFor = async (portal: TestPortal, secret: string) =>
  (await portal.call('get', '/api/probe/whoami', secret)).status;

async function eventsOf(portal: TestPortal, id: string, user: string = 'ada') {
  const session = await portal.signIn(user);
  const { body } = await portal.call(
    'get',
    `${API}/keys/${id}/events`,
    session,
  );
  const events: ApiKeyEvent[] = body.items;
  return events.filter(({ type }) => type !== 'created' && type !== 'refused');
}

async function keyOf(portal: TestPortal, id: string) {
  const ada = await portal.signIn('ada');
  return (await portal.call('get', `${API}/keys/${id}`, ada)).body;
}

/** Returns the notifications of a user about a leaked key. */
async function noticesOf(
  portal: TestPortal,
  name: string,
  user: string = 'ada',
) {
  const session = await portal.signIn(user);
  const { body } = await portal.call(
    'get',
    '/api/notifications?topic=api-key-leaked&limit=100',
    session,
  );
  return (body.notifications as { payload: Record<string, string> }[])
    .map(({ payload }) => payload)
    .filter(({ title }) => title.includes(`“${name}”`));
}

describe.each(databases.eachSupportedId())(
  'POST /v1/leaks on %s',
  databaseId => {
    let github: FakeGitHub;
    let signedByGitHub: (body: string) => Signature;
    let replicas: Replicas;
    let portal: TestPortal;
    let other: TestPortal;

    const start = async (knex: Knex) =>
      startTestPortal({
        knex,
        apiKeys: {
          leaks: {
            github: { enabled: true, keysUrl: github.keysUrl },
            ...SECRETS,
          },
        },
        features: [notificationsPlugin],
      });

    beforeAll(async () => {
      github = await startFakeGitHub();
      signedByGitHub = github.addKey('A');
      replicas = await startReplicas(databases, databaseId);
      const [one, two] = replicas.databases;
      portal = await start(await one.getClient());
      other = await start(await two.getClient());
    });

    afterAll(async () => {
      await portal.stop();
      await other.stop();
      await replicas.stop();
      await github.stop();
    });

    it.each<[string, (body: string) => Signature]>([
      ['github', body => signedByGitHub(body)],
      ['generic', signedByScanner],
    ])(
      'ends a key that %s reports, and notifies its owner where it was found',
      async (scanner, sign) => {
        const { key, secret } = await portal.createKey('ada', {
          name: scanner,
        });
        const body = reportOf(secret);
        const { status, body: answer } = await sendTo(portal, body, sign(body));
        expect(status).toBe(200);
        expect(answer).toEqual([
          {
            token_hash: createHash('sha256').update(secret).digest('hex'),
            token_type: 'acme_api_key',
            label: 'true_positive',
          },
        ]);
        expect(await statusFor(portal, secret)).toBe(401);
        expect(await keyOf(portal, key.id)).toMatchObject({
          status: 'revoked',
          revokedReason: 'leaked',
          revokedBy: null,
          lastUsedAt: null,
          useCount: 0,
        });
        const cause = 'secret-scanning';
        expect(await eventsOf(portal, key.id)).toEqual([
          expect.objectContaining({
            type: 'revoked',
            category: 'SECURITY',
            actor: null,
            details: { reason: 'leaked', cause, scanner, ...PLACE },
          }),
        ]);
        await eventually(async () =>
          expect(await noticesOf(portal, scanner)).toEqual([
            expect.objectContaining({
              title: `API key “${scanner}” has leaked and was revoked`,
              severity: 'critical',
              description: expect.stringContaining(
                `A secret scanner found it at ${URL}, so it was revoked on `,
              ),
            }),
          ]),
        );
      },
    );

    it('answers which secrets belong to keys, also to ended ones, and repeats none of them', async () => {
      const { secret } = await portal.createKey('ada');
      const dead = await portal.createKey('ada');
      await portal.call('post', `${API}/revoke`).send({ token: dead.secret });
      const tokens = [generateSecret('bsk'), secret, 'x', '', dead.secret];
      const report = JSON.stringify([
        ...tokens.map(token => ({ token, type: null, nonsense: 1 })),
        { token: secret, type: 'again' },
      ]);
      const answer = await sendTo(portal, report, signedByScanner(report));
      expect(answer.body).toEqual([
        ...[false, true, false, false, true].map((isReal, i) => ({
          token_hash: createHash('sha256').update(tokens[i]).digest('hex'),
          label: isReal ? 'true_positive' : 'false_positive',
        })),
        {
          ...{ token_type: 'again', label: 'true_positive' },
          token_hash: createHash('sha256').update(secret).digest('hex'),
        },
      ]);
      expect(await eventsOf(portal, dead.key.id)).toEqual([
        expect.objectContaining({ details: { reason: 'leaked' } }),
      ]);
    });

    it('accepts each of several shared secrets, so that one can replace the other', async () => {
      const sign = (body: string) => signedByScanner(body, OTHER_SHARED_SECRET);
      await sendTo(portal, '[]', sign('[]')).expect(200, []);
    });

    it.each([1, 2, 3, 4, 5])(
      'ends a key once, however many reports arrive at the same time (%i)',
      async () => {
        const { key, secret } = await portal.createKey('ada');
        const body = reportOf(secret);
        await replicas.warmUp();
        const answers = await Promise.all(
          [portal, other].map(one => sendTo(one, body, signedByGitHub(body))),
        );
        for (const answer of answers) {
          expect(answer.body[0].label).toBe('true_positive');
        }
        expect(await eventsOf(portal, key.id)).toHaveLength(1);
      },
    );

    it('changes nothing when a report is repeated', async () => {
      const { key, secret } = await portal.createKey('ada');
      const body = reportOf(secret);
      const signature = signedByGitHub(body);
      await sendTo(portal, body, signature).expect(200);
      const before = await keyOf(portal, key.id);
      await sendTo(portal, body, signature).expect(200);
      expect(await keyOf(portal, key.id)).toEqual(before);
      expect(await eventsOf(portal, key.id)).toHaveLength(1);
    });

    it('answers 503 while the database is down: the key still works', async () => {
      const knex = await databases.init(databaseId);
      const broken = await start(knex);
      const { secret } = await broken.createKey('ada');
      await knex.schema.renameTable('api_keys', 'away');
      const body = reportOf(secret);
      const answer = await sendTo(broken, body, signedByScanner(body));
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.text).not.toContain(secret);
      await broken.stop();
    });
  },
);

describe.each(databases.eachSupportedId())(
  'POST /v1/leaks that only reports on %s',
  databaseId => {
    let portal: TestPortal;

    beforeAll(async () => {
      portal = await startTestPortal({
        knex: await databases.init(databaseId),
        apiKeys: { leaks: { action: 'report', ...SECRETS } },
        features: [notificationsPlugin],
      });
    });

    afterAll(() => portal.stop());

    const report = async (...told: object[]) => {
      const body = JSON.stringify(told);
      const answer = await sendTo(portal, body, signedByScanner(body));
      return answer.body.map(({ label }: { label: string }) => label);
    };

    it('leaves the key as it is, and notifies its owner once a day for each place', async () => {
      const name = 'reported';
      const { key, secret } = await portal.createKey('ada', { name });
      const told = { token: secret, ...PLACE };
      const elsewhere = { token: secret, url: 'https://example.com/log' };
      await Promise.all([report(told, told), report(told)]);
      expect(await report(told)).toEqual(['true_positive']);
      expect(await eventsOf(portal, key.id)).toEqual([
        expect.objectContaining({
          type: 'leak-reported',
          category: 'SECURITY',
          actor: null,
          details: { scanner: 'generic', ...PLACE },
        }),
      ]);
      await eventually(async () =>
        expect(await noticesOf(portal, name)).toEqual([
          expect.objectContaining({
            title: 'API key “reported” has leaked and is not revoked',
            description: expect.stringContaining(`found it at ${URL}, on `),
            link: `/api-keys/${key.id}`,
            severity: 'critical',
          }),
        ]),
      );
      expect(await keyOf(portal, key.id)).toEqual(key);

      await report(elsewhere, { token: secret }, { token: secret, url: '' });
      expect(await eventsOf(portal, key.id)).toHaveLength(3);
      expect(await statusFor(portal, secret)).toBe(200);
    });

    it('reports the key that a rotated-out key created for itself, and that keeps working', async () => {
      // A name of its own, since notifications to one owner may be merged.
      const name = 'rotated by itself';
      const { key, secret } = await portal.createKey('linus', { name });
      const { body: made } = await portal
        .call('post', `${API}/self/rotate`, secret)
        .expect(201);
      expect(await statusFor(portal, made.secret)).toBe(200);
      await report({ token: secret, ...PLACE });
      const events = await eventsOf(portal, made.key.id, 'linus');
      expect(events.filter(({ type }) => type === 'leak-reported')).toEqual([
        expect.objectContaining({
          details: { scanner: 'generic', ...PLACE, leakedKeyId: key.id },
        }),
      ]);
      await eventually(async () =>
        expect(await noticesOf(portal, name, 'linus')).toEqual([
          expect.objectContaining({
            description: expect.stringContaining(
              `found the old key that it was made from, by rotation without a person, at ${URL}`,
            ),
            link: `/api-keys/${made.key.id}`,
          }),
        ]),
      );
      expect(await statusFor(portal, made.secret)).toBe(200);
    });

    it('adds no event to a revoked key', async () => {
      const { key, secret } = await portal.createKey('ada');
      await portal.call('post', `${API}/revoke`).send({ token: secret });
      expect(await report({ token: secret, ...PLACE })).toEqual([
        'true_positive',
      ]);
      expect(await eventsOf(portal, key.id)).toEqual([
        expect.objectContaining({ type: 'revoked' }),
      ]);
    });
  },
);
