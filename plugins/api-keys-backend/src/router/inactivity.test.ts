import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

describe.each(databases.eachSupportedId())('inactivity on %s', databaseId => {
  let knex: Knex;
  let portal: TestPortal;
  let ada: string;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    portal = await startTestPortal({
      knex,
      apiKeys: {
        inactivity: { default: '30 days', max: '60 days' },
        limits: { keysPerOwner: 3 },
        lastUsed: { resolution: '2 minutes' },
      },
    });
    ada = await portal.signIn('ada');
  });

  beforeEach(async () => {
    await knex('api_keys').delete();
  });

  const read = async (id: string) =>
    (await portal.call('get', `${KEYS}/${id}`, ada).expect(200)).body;
  const statusFor = async (secret: string) =>
    (await portal.call('get', '/api/probe/whoami', secret)).status;

  /** Creates a key that was created, and last used, that long ago. */
  async function unusedFor(milliseconds: number) {
    const created = await portal.createKey('ada', {
      inactivityTimeout: 'PT1H',
    });
    await knex('api_keys')
      .where({ id: created.key.id })
      .update({ created_at: Date.now() - milliseconds });
    return created;
  }

  it.each<[string, object, number]>([
    ['the default', {}, 30 * DAY],
    ['what was asked for', { inactivityTimeout: 'P60D' }, 60 * DAY],
  ])('comes after %s', async (_, request, expected) => {
    const { key } = await portal.createKey('ada', request);
    const timeout = Date.parse(key.inactiveAt!) - Date.parse(key.createdAt);
    expect(timeout).toBe(expected);
    expect(key.inactivityTimeout).toBe(`P${expected / DAY}D`);
  });

  it.each<[string, unknown]>([
    ['too long a timeout', 'P61D'],
    ['a timeout shorter than uses are known', 'PT1M'],
    ['none', null],
    ['words', '30 days'],
    ['a number', 30],
  ])(
    'cannot be given %s: a 400 that names it',
    async (_, inactivityTimeout) => {
      const { status, body } = await portal
        .call('post', KEYS, ada)
        .send({ name: 'ci', inactivityTimeout });
      expect(status).toBe(400);
      expect(body.error.message).toContain('inactivityTimeout');
    },
  );

  it('ends an unused key, with some grace for unwritten uses', async () => {
    const { key, secret } = await unusedFor(HOUR + 60_000);
    expect((await read(key.id)).status).toBe('inactive');
    expect(await statusFor(secret)).toBe(200);

    const late = await unusedFor(HOUR + 3 * 60_000);
    const { status, headers } = await portal.call(
      'get',
      '/api/probe/whoami',
      late.secret,
    );
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toContain('went inactive');
  });

  it('is put off by the owner, also once it is there', async () => {
    const { key, secret } = await unusedFor(2 * HOUR);
    expect(await statusFor(secret)).toBe(401);
    const { status, body } = await portal.call(
      'post',
      `${KEYS}/${key.id}/keep-alive`,
      ada,
    );
    expect(status).toBe(200);
    expect(body.status).toBe('active');
    expect(Date.parse(body.inactiveAt) - Date.now()).toBeGreaterThan(
      HOUR - 10_000,
    );
    expect(await statusFor(secret)).toBe(200);
    const { body: events } = await portal.call(
      'get',
      `${KEYS}/${key.id}/events`,
      ada,
    );
    expect(events.items[0]).toMatchObject({ type: 'kept-alive' });
  });

  it('cannot be put off past the limit of keys', async () => {
    const { key } = await unusedFor(2 * HOUR);
    for (let i = 0; i < 3; i++) await portal.createKey('ada');
    await portal.call('post', `${KEYS}/${key.id}/keep-alive`, ada).expect(409);
    expect((await read(key.id)).status).toBe('inactive');
  });

  it('cannot be put off for an ended key', async () => {
    const { key, secret } = await portal.createKey('ada');
    await portal.call('delete', `${KEYS}/${key.id}`, ada).expect(204);
    await portal.call('post', `${KEYS}/${key.id}/keep-alive`, ada).expect(409);
    expect(await statusFor(secret)).toBe(401);
  });

  it('cannot be put off by the key, or by another user', async () => {
    const { key, secret } = await portal.createKey('ada');
    const path = `${KEYS}/${key.id}/keep-alive`;
    const linus = await portal.signIn('linus');
    expect((await portal.call('post', path, secret)).status).toBe(403);
    expect((await portal.call('post', path, linus)).status).toBe(404);
  });

  it('applies unchanged to a successor', async () => {
    const { key } = await portal.createKey('ada', { inactivityTimeout: 'P7D' });
    const { body } = await portal
      .call('post', `${KEYS}/${key.id}/rotate`, ada)
      .expect(201);
    expect(body.key.inactivityTimeout).toBe('P7D');
  });
});
