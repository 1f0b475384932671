import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import { TestDatabases } from '@backstage/backend-test-utils';
import { ApiKey, ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { SHARED_SECRET, signedByScanner } from '../__testUtils__/leakReports';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { waitOutStaleness } from '../__testUtils__/waitOutStaleness';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const API = '/api/api-keys/v1';
const ACTION = '/api/api-keys/.backstage/actions/v1/actions/api-keys:revoke';

type Issued = { key: ApiKey; secret: string };

describe.each(databases.eachSupportedId())(
  'a key that a key created for itself, on %s',
  databaseId => {
    let replicas: Replicas;
    let portal: TestPortal;
    let other: TestPortal;
    let ada: string;

    const start = (knex: Knex) =>
      startTestPortal({
        knex,
        apiKeys: {
          leaks: { generic: { secrets: [SHARED_SECRET] } },
          limits: {
            keysPerOwner: 1000,
            failuresPerIp: { max: 10_000, per: '1 minute' },
          },
        },
        features: [actionsRegistryServiceFactory],
      });

    beforeAll(async () => {
      replicas = await startReplicas(databases, databaseId);
      const [one, two] = replicas.databases;
      portal = await start(await one.getClient());
      // SQLite supports only one backend.
      other =
        databaseId === 'SQLITE_3' ? portal : await start(await two.getClient());
      ada = await portal.signIn('ada');
    });

    afterAll(async () => {
      await portal.stop();
      if (other !== portal) await other.stop();
      await replicas.stop();
    });

    const create = (body = {}): Promise<Issued> =>
      portal.createKey('ada', body);
    const selfRotate = async ({ secret }: Issued, body = {}) =>
      (
        await portal
          .call('post', `${API}/self/rotate`, secret)
          .send(body)
          .expect(201)
      ).body as Issued;
    const ownerRotate = async ({ key }: Issued, body = {}) =>
      (
        await portal
          .call('post', `${API}/keys/${key.id}/rotate`, ada)
          .send(body)
          .expect(201)
      ).body as Issued;
    const statusFor = async ({ secret }: Issued, at = portal) =>
      (await at.call('get', '/api/probe/whoami', secret)).status;
    const stateOf = async ({ key }: Issued): Promise<ApiKey> =>
      (await portal.call('get', `${API}/keys/${key.id}`, ada)).body;
    const revocationOf = async ({ key }: Issued): Promise<ApiKeyEvent> => {
      const path = `${API}/keys/${key.id}/events`;
      const { body } = await portal.call('get', path, ada);
      return body.items.find((event: ApiKeyEvent) => event.type === 'revoked');
    };
    const previewOf = async ({ key }: Issued) =>
      (await portal.call('get', `${API}/keys/${key.id}/revocation`, ada)).body
        .alsoRevoked;
    const revokeMany = (body: object) =>
      portal.call('post', `${API}/admin/revoke`, ada).send(body).expect(200);

    const byOwner = ({ key }: Issued) =>
      portal.call('delete', `${API}/keys/${key.id}`, ada).expect(204);
    const bySecret = ({ secret }: Issued) =>
      portal.call('post', `${API}/revoke`).send({ token: secret }).expect(200);
    const byScanner = ({ secret }: Issued) => {
      const report = JSON.stringify([{ token: secret }]);
      return portal
        .call('post', `${API}/leaks`)
        .set({ 'Content-Type': 'application/json', ...signedByScanner(report) })
        .send(report)
        .expect(200);
    };
    const byAdmin =
      (reason: string) =>
      ({ key }: Issued) =>
        revokeMany({ ids: [key.id], reason });

    /** All ways to revoke a key that may have ended. */
    const WAYS: [string, (issued: Issued) => PromiseLike<unknown>][] = [
      ['its owner', byOwner],
      [
        'an agent of its owner',
        ({ key }) =>
          portal
            .call('post', `${ACTION}/invoke`, ada)
            .send({ id: key.id })
            .expect(200),
      ],
      ['whoever has its secret', bySecret],
      ['a scanner', byScanner],
      ['an admin', byAdmin('admin')],
      ['an admin, since it leaked', byAdmin('leaked')],
      ['an admin, for a policy', byAdmin('policy')],
      ['an admin, since its owner left', byAdmin('offboarded')],
    ];
    const LEAKS = [
      'whoever has its secret',
      'a scanner',
      'an admin, since it leaked',
    ];

    it.each(WAYS)(
      'ends with it when it was rotated out before and is revoked by %s, on every replica',
      async (_, revoke) => {
        const k = await create();
        const c = await selfRotate(k);
        expect(await statusFor(c)).toBe(200);
        const d = await selfRotate(c);
        expect(await statusFor(k)).toBe(401);
        // Both replicas have cached both keys.
        for (const at of [portal, other]) {
          expect(await statusFor(c, at)).toBe(200);
        }

        await revoke(k);

        expect(await statusFor(c)).toBe(401);
        expect(await statusFor(d)).toBe(401);
        await waitOutStaleness();
        expect(await statusFor(c, other)).toBe(401);
        expect(await statusFor(d, other)).toBe(401);
      },
    );

    it.each([
      ...WAYS,
      [
        'the key itself',
        ({ secret }: Issued) =>
          portal.call('delete', `${API}/self`, secret).expect(204),
      ],
      [
        'an admin, by a filter',
        ({ key }: Issued) =>
          revokeMany({ filter: { q: key.name }, reason: 'admin' }),
      ],
    ] as typeof WAYS)(
      'ends with it when it still works and is revoked by %s',
      async (_, revoke) => {
        const k = await create({ name: `key ${Math.random()}` });
        const c = await selfRotate(k);
        await revoke(k);
        expect(await statusFor(k)).toBe(401);
        expect(await statusFor(c)).toBe(401);
        const { status, revokedReason } = await stateOf(c);
        expect(status).toBe('revoked');
        expect(revokedReason).toBe((await stateOf(k)).revokedReason);
      },
    );

    it.each(WAYS)(
      'is all that ends when the key was rotated out before and is revoked by %s: what its owner made goes on',
      async (_, revoke) => {
        const k = await create();
        const c = await ownerRotate(k);
        expect(await statusFor(c)).toBe(200);
        const d = await selfRotate(c);
        await revoke(k);
        expect(await statusFor(c)).toBe(200);
        expect(await statusFor(d)).toBe(200);
      },
    );

    it.each(WAYS)(
      'and what its owner made of it are not the same: revoked by %s, a retiring key takes the latter along only after a leak',
      async (way, revoke) => {
        const k = await create();
        const c = await ownerRotate(k);
        await revoke(k);
        expect(await statusFor(k)).toBe(401);
        expect(await statusFor(c)).toBe(LEAKS.includes(way) ? 401 : 200);
      },
    );

    it('does not end by the first use of its successor, nor when that is replaced', async () => {
      const k = await create();
      const lost = await selfRotate(k);
      const c = await selfRotate(k);
      expect(await stateOf(lost)).toMatchObject({
        revokedReason: 'superseded',
      });
      expect(await statusFor(c)).toBe(200);
      expect(await stateOf(k)).toMatchObject({ revokedReason: 'rotated' });
      const d = await selfRotate(c);
      expect(await statusFor(d)).toBe(200);
      expect(await statusFor(d)).toBe(200);
    });

    it('is recorded with the key, before and after it ends', async () => {
      const k = await create({ name: 'ci' });
      const c = await selfRotate(k);
      expect(c.key.rotatedBy).toBe('key');
      expect((await ownerRotate(c)).key.rotatedBy).toBe('owner');
      expect(k.key.rotatedBy).toBeNull();
      expect(await previewOf(c)).toEqual({ items: [], totalItems: 0 });

      const l = await create({ name: 'ci' });
      const m = await selfRotate(l);
      const { id, name, hint, owner, createdAt, predecessorId } = m.key;
      const named = { id, name, hint, owner, createdAt, predecessorId };
      expect(await previewOf(l)).toEqual({
        items: [{ ...named, rotatedBy: 'key' }],
        totalItems: 1,
      });
      await byOwner(l);
      expect(await previewOf(l)).toEqual({ items: [], totalItems: 0 });
      expect(await revocationOf(m)).toMatchObject({
        actor: 'user:default/ada',
        category: 'AUDIT',
        details: {
          reason: 'owner',
          cause: 'ancestor-revoked',
          revokedWith: l.key.id,
        },
      });
      expect((await revocationOf(l)).details).toEqual({ reason: 'owner' });
    });

    it('is revoked with its leaked predecessor, with the scanner in the event', async () => {
      const k = await create();
      const c = await selfRotate(k);
      const l = await create();
      const m = await ownerRotate(l);
      await byScanner(k);
      await byScanner(l);
      const of = (issued: Issued, cause: string) => ({
        actor: null,
        category: 'SECURITY',
        details: {
          reason: 'leaked',
          cause,
          revokedWith: issued.key.id,
          scanner: 'generic',
        },
      });
      expect(await revocationOf(c)).toMatchObject(of(k, 'ancestor-revoked'));
      expect(await revocationOf(m)).toMatchObject(of(l, 'family-leaked'));
    });

    it('is counted and named by the answer to an admin, before and after, apart from what was asked for', async () => {
      const name = `bulk ${Math.random()}`;
      const k = await create({ name });
      const c = await selfRotate(k);
      const other1 = await create({ name });
      const asked = { ids: [k.key.id, other1.key.id], reason: 'admin' };
      const also = {
        items: [
          expect.objectContaining({ id: c.key.id, name, rotatedBy: 'key' }),
        ],
        totalItems: 1,
      };
      const { body: plan } = await revokeMany({ ...asked, dryRun: true });
      expect(plan).toEqual({ matched: 2, revoked: 0, alsoRevoked: also });
      const none = { items: [], totalItems: 0 };
      const all = { filter: { q: name }, reason: 'admin' };
      const { body: planOfAll } = await revokeMany({ ...all, dryRun: true });
      expect(planOfAll).toEqual({ matched: 3, revoked: 0, alsoRevoked: none });

      const { body: done } = await revokeMany(asked);
      expect(done).toEqual({ matched: 2, revoked: 2, alsoRevoked: also });
      const { body: again } = await revokeMany(asked);
      expect(again).toEqual({ matched: 0, revoked: 0, alsoRevoked: none });
    });

    it('counts as asked for where the request has it as well', async () => {
      const name = `bulk ${Math.random()}`;
      const k = await create({ name });
      await selfRotate(k);
      const { body } = await revokeMany({
        filter: { q: name },
        reason: 'admin',
      });
      expect(body).toEqual({
        matched: 2,
        revoked: 2,
        alsoRevoked: { items: [], totalItems: 0 },
      });
    });

    it('is planned by a filter for what does not fit it', async () => {
      const k = await create({ name: `old ${Math.random()}` });
      const c = await selfRotate(k);
      await portal
        .call('patch', `${API}/keys/${c.key.id}`, ada)
        .send({ name: 'renamed' })
        .expect(200);
      const request = { filter: { q: k.key.name }, reason: 'admin' };
      for (const dryRun of [true, false]) {
        const { body } = await revokeMany({ ...request, dryRun });
        expect(body).toMatchObject({
          matched: 1,
          alsoRevoked: { totalItems: 1 },
        });
      }
      expect(await statusFor(c)).toBe(401);
    });

    it('is not found by other users', async () => {
      const { key } = await create();
      const linus = await portal.signIn('linus');
      const path = `${API}/keys/${key.id}/revocation`;
      await portal.call('get', path, linus).expect(404);
      await portal.call('get', path).expect(401);
    });

    describe('gets no more life than a person chose:', () => {
      const DAY = 24 * 60 * 60 * 1000;
      const lengthOf = ({ key }: Issued) =>
        Date.parse(key.expiresAt!) - Date.parse(key.createdAt);
      const refusal = async ({ secret }: Issued, body: object) => {
        const { status, body: answer } = await portal
          .call('post', `${API}/self/rotate`, secret)
          .send(body);
        return { status, message: answer.error?.message };
      };

      it('a key for a day cannot make one for a year, and is left as it was', async () => {
        const k = await create({ expiresIn: 'P1D' });
        const { status, message } = await refusal(k, { expiresIn: 'P365D' });
        expect(status).toBe(400);
        expect(message).toBe(
          'expiresIn is too long: an API key that rotates itself may have a successor for P1D at most, as its owner chose; for longer, its owner has to rotate it',
        );
        expect(await stateOf(k)).toMatchObject({
          status: 'active',
          successorId: null,
        });
        expect(lengthOf(await selfRotate(k, { expiresIn: 'P1D' }))).toBe(DAY);
      });

      it('a chain of rotations does not make it longer', async () => {
        let key = await create({ expiresIn: 'P1D' });
        for (let i = 0; i < 3; i++) {
          key = await selfRotate(key);
          expect(lengthOf(key)).toBe(DAY);
          expect((await refusal(key, { expiresIn: 'P2D' })).status).toBe(400);
        }
      });

      it('its owner may choose more, which holds from then on', async () => {
        const k = await create({ expiresIn: 'P1D' });
        const c = await ownerRotate(k, { expiresIn: 'P30D' });
        const d = await selfRotate(c, { expiresIn: 'P30D' });
        expect(lengthOf(d)).toBe(30 * DAY);
      });

      it('what its owner shortened counts from then on', async () => {
        const k = await create({ expiresIn: 'P90D' });
        const expiresAt = new Date(Date.now() + DAY).toISOString();
        await portal
          .call('patch', `${API}/keys/${k.key.id}`, ada)
          .send({ expiresAt })
          .expect(200);
        expect((await refusal(k, { expiresIn: 'P2D' })).status).toBe(400);
        expect(lengthOf(await selfRotate(k))).toBeLessThanOrEqual(DAY);
      });

      it('what an admin set counts from then on', async () => {
        const k = await create({ expiresIn: 'P1D' });
        const expiresAt = new Date(Date.now() + 30 * DAY).toISOString();
        await portal
          .call('patch', `${API}/admin/keys/${k.key.id}`, ada)
          .send({ expiresAt })
          .expect(200);
        expect((await refusal(k, { expiresIn: 'P31D' })).status).toBe(400);
        expect(lengthOf(await selfRotate(k)) / DAY).toBeCloseTo(30, 2);
      });

      it('a policy that becomes looser gives no more than was chosen', async () => {
        const owner = encodeURIComponent('user:default/ada');
        const path = `${API}/admin/owners/${owner}/policy`;
        const setMax = (max: string) =>
          portal.call('put', path, ada).send({ lifetime: { max } }).expect(200);
        await setMax('P20D');
        const k = await create({ expiresIn: 'P20D' });
        await setMax('P5D');
        const c = await selfRotate(k);
        expect(lengthOf(c)).toBe(5 * DAY);
        await setMax('P300D');
        expect((await refusal(c, { expiresIn: 'P21D' })).status).toBe(400);
        expect(lengthOf(await selfRotate(c))).toBe(20 * DAY);
        await portal.call('delete', path, ada).expect(204);
      });
    });

    it('has what the key has at that moment, and nothing of its own', async () => {
      const limited = {
        description: 'nightly',
        inactivityTimeout: 'P7D',
        allowedIps: ['127.0.0.0/8', '::1/128'],
        accessRestrictions: [{ plugin: 'api-keys' }, { plugin: 'probe' }],
      };
      const k = await create(limited);
      await portal
        .call('patch', `${API}/keys/${k.key.id}`, ada)
        .send({ name: 'renamed' })
        .expect(200);
      const { key } = await selfRotate(k);
      expect(key).toMatchObject({ ...limited, name: 'renamed' });
      for (const more of [
        { allowedIps: ['0.0.0.0/0'] },
        { accessRestrictions: [{ plugin: 'other' }] },
        { scopes: ['x'] },
        { inactivityTimeout: null },
        { expiresAt: null },
        { owner: 'group:default/team-a' },
        { rotatedBy: 'owner' },
      ]) {
        await portal
          .call('post', `${API}/self/rotate`, k.secret)
          .send(more)
          .expect(400);
      }
    });
  },
);
