import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import { Notification } from '@backstage/plugin-notifications-common';
import { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { aKey } from '../__testUtils__/keys';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { openStores } from '../database/stores';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const API = '/api/api-keys/v1';
const LINUS = 'user:default/linus';
const TEAM = 'group:default/team-a';
const OTHER_TEAM = 'group:default/team-b';
const TIME = /\d+ \w{3} \d{4} \d\d:\d\d UTC/g;

/** Finds notifications in the inbox of a user. */
function inbox(portal: TestPortal) {
  const all = async (user: string): Promise<Notification[]> => {
    const { body } = await portal
      .call('get', '/api/notifications?limit=100', await portal.signIn(user))
      .expect(200);
    return body.notifications;
  };
  /** Returns the notifications that name a key. */
  const about = async (name: string, user: string) => {
    const payloads = (await all(user)).map(({ payload }) => payload);
    return payloads.filter(({ title, description }) =>
      `${title} ${description}`.includes(`“${name}”`),
    );
  };
  /** Waits for one notification, and masks its times. */
  const next = async (name: string, topic: string, user: string) => {
    let found: Awaited<ReturnType<typeof about>> = [];
    await eventually(async () => {
      found = (await about(name, user)).filter(one => one.topic === topic);
      expect(found).toHaveLength(1);
    });
    const [{ title, description, link, severity, scope }] = found;
    expect(scope).toMatch(/^api-keys:event:\d+$/);
    const text = description?.replace(TIME, 'TIME');
    return { title, description: text, link, severity };
  };
  return { about, next };
}

describe.each(databases.eachSupportedId())('notices on %s', databaseId => {
  let knex: Knex;
  let portal: TestPortal;
  let about: ReturnType<typeof inbox>['about'];
  let next: ReturnType<typeof inbox>['next'];
  let ada: string;
  let grace: string;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    portal = await startTestPortal({
      knex,
      apiKeys: { rotation: { revokeFamilyOnReuse: true } },
      features: [notificationsPlugin],
    });
    ({ about, next } = inbox(portal));
    ada = await portal.signIn('ada');
    grace = await portal.signIn('grace');
  });

  afterAll(() => portal.stop());

  const whoami = (secret: string) =>
    portal.call('get', '/api/probe/whoami', secret);
  const rotate = (secret: string) =>
    portal.call('post', `${API}/self/rotate`, secret);
  const revokeAsGrace = (body: object) =>
    portal.call('post', `${API}/admin/revoke`, grace).send(body).expect(200);

  /** Waits for one notification about so many keys. */
  async function ofMany(topic: string, user: string, total: number) {
    let found: Pick<
      Notification['payload'],
      'title' | 'description' | 'link' | 'severity'
    >[] = [];
    await eventually(async () => {
      const { body } = await portal
        .call(
          'get',
          `/api/notifications?limit=100&topic=${topic}`,
          await portal.signIn(user),
        )
        .expect(200);
      found = (body.notifications as Notification[])
        .map(({ payload: { title, description, link, severity } }) => ({
          title,
          description,
          link,
          severity,
        }))
        .filter(({ title }) => title.startsWith(String(total)));
      expect(found).not.toEqual([]);
    });
    return found;
  }

  it('notify only the owner of a new key', async () => {
    const { key, secret } = await portal.createKey('ada', { name: 'new' });
    expect(await next('new', 'api-key-created', 'ada')).toEqual({
      title: 'API key “new” was made',
      description:
        'You made it on TIME. It expires on TIME. If that was not you, revoke it.',
      link: `/api-keys/${key.id}`,
      severity: 'normal',
    });
    expect(await about('new', 'grace')).toEqual([]);
    expect(JSON.stringify(await about('new', 'ada'))).not.toContain(secret);
  });

  it('notify all members of a group of its new key, with its creator', async () => {
    await portal.createKey('ada', { name: 'team', owner: TEAM });
    for (const member of ['ada', 'grace']) {
      const notice = await next('team', 'api-key-created', member);
      expect(notice.description).toBe(
        `user:default/ada made it for ${TEAM} on TIME. It expires on TIME. If nobody in the group knows why, revoke it.`,
      );
    }
    expect(await about('team', 'linus')).toEqual([]);
  });

  it('are plain text whatever a key is called', async () => {
    const name = '</p><a href="https://evil.example.com">&amp;</a>';
    await portal.createKey('linus', { name });
    const plain = name
      .replaceAll('&', '＆')
      .replaceAll('<', '‹')
      .replaceAll('>', '›');
    const { title } = await next(plain, 'api-key-created', 'linus');
    expect(title).toBe(`API key “${plain}” was made`);
  });

  it('notify the owner of keys that an admin revoked', async () => {
    const { key } = await portal.createKey('linus', { name: 'taken' });
    await revokeAsGrace({ ids: [key.id], reason: 'admin' });
    expect(await next('taken', 'api-key-revoked', 'linus')).toMatchObject({
      title: 'API key “taken” was revoked',
      description:
        'user:default/grace revoked it on TIME. It was never used. Make a new one like it if it is still needed.',
      link: `/api-keys?from=${key.id}`,
      severity: 'high',
    });
  });

  it.each([
    ['Somebody who has its secret', 'found'],
    ['user:default/grace', 'leaked'],
  ])('notify of leaked keys revoked by %s', async (who, name) => {
    const { key, secret } = await portal.createKey('linus', { name });
    await (name === 'found'
      ? portal.call('post', `${API}/revoke`).send({ token: secret }).expect(200)
      : revokeAsGrace({ ids: [key.id], reason: 'leaked' }));
    expect(await next(name, 'api-key-leaked', 'linus')).toMatchObject({
      title: `API key “${name}” has leaked and was revoked`,
      description: `${who} revoked it on TIME. It was never used. Make a new one, put its secret wherever the old one was used, and look at what was done with the old one.`,
      link: `/api-keys?from=${key.id}`,
      severity: 'critical',
    });
  });

  it('name many keys in one notification', async () => {
    const stores = await openStores({
      database: mockServices.database({ knex }),
    });
    const createdAt = Date.now();
    await stores.keys.withOwnerLock(OTHER_TEAM, async keys => {
      for (let i = 0; i < 500; i += 1) {
        const key = aKey({ name: `bulk ${i}`, owner: OTHER_TEAM, createdAt });
        await keys.insert(key, `digest of ${key.id}`);
      }
    });
    const { body } = await revokeAsGrace({
      filter: { owner: OTHER_TEAM },
      reason: 'admin',
    });
    expect(body).toMatchObject({ matched: 500, revoked: 500 });
    let lines: string[] = [];
    await eventually(async () => {
      const parts = await ofMany('api-key-revoked', 'linus', 500);
      for (const { title, link, severity, description = '' } of parts) {
        expect(title).toMatch(
          /^500 API keys of .* were revoked \(\d+ of \d+\)$/,
        );
        expect({ link, severity }).toEqual({
          link: '/api-keys',
          severity: 'high',
        });
        expect(description).toMatch(
          /^user:default\/grace revoked them on .* Make new ones if they are still needed\.\n/,
        );
      }
      lines = parts
        .flatMap(({ description = '' }) => description.split('\n'))
        .filter(line => line.startsWith('•'));
      expect(lines.length).toBeGreaterThan(300);
    });
    expect(new Set(lines).size).toBe(lines.length);
    for (const line of lines) {
      expect(line).toMatch(
        /^• “bulk \d+”, never used: http:\/\/localhost:3000\/api-keys\?from=[0-9a-f-]{36}$/,
      );
    }
  });

  it('notify of the use of a rotated-out secret, and of its family that ends for it', async () => {
    const old = await portal.createKey('ada', { name: 'lost' });
    const { body: successor } = await rotate(old.secret).expect(201);
    await whoami(successor.secret).expect(200);
    await whoami(old.secret).expect(401);
    await whoami(old.secret).expect(401);
    expect(await next('lost', 'api-key-rotated-out-used', 'ada')).toMatchObject(
      {
        title: 'The old secret of API key “lost” is still used',
        description: expect.stringMatching(
          /^It was presented to probe from [\w.:]+ on TIME, and refused\. Either something has not got the new secret yet, or the old one is in the wrong hands\. It was last used less than a minute ago from [\w.:]+\.$/,
        ),
        link: `/api-keys/${old.key.id}`,
        severity: 'high',
      },
    );

    await rotate(old.secret).expect(401);
    expect(await next('lost', 'api-key-leaked', 'ada')).toMatchObject({
      title: 'API key “lost” may be stolen and was revoked',
      description: expect.stringMatching(
        /^Somebody tried to rotate with a secret that had been rotated out, on TIME\. .* Make a new one/,
      ),
      link: `/api-keys?from=${successor.key.id}`,
      severity: 'critical',
    });
  });

  it('notify the owner when a policy shortens a key, but not when it gives time back', async () => {
    await portal.createKey('linus', { name: 'short' });
    const policyOf = `${API}/admin/owners/${encodeURIComponent(LINUS)}/policy`;
    const limitTo = (max: string) =>
      portal
        .call('put', policyOf, grace)
        .send({ lifetime: { max, default: max } })
        .expect(200);
    await limitTo('P2D');
    const notice = await next('short', 'api-key-cut-short', 'linus');
    expect(notice.description).toContain('By the policy of this portal');
    expect(notice.description).toContain('expires on TIME');
    await limitTo('P5D');
    await portal.call('delete', policyOf, grace).expect(204);
    await portal.createKey('linus', { name: 'after the policy' });
    await next('after the policy', 'api-key-created', 'linus');
    await next('short', 'api-key-cut-short', 'linus');
  });

  it('notify the new owner of a transferred key', async () => {
    const { key } = await portal.createKey('linus', { name: 'given' });
    await portal
      .call('post', `${API}/admin/transfer`, grace)
      .send({ ids: [key.id], owner: TEAM })
      .expect(200);
    expect(await next('given', 'api-key-transferred', 'ada')).toMatchObject({
      title: `API key “given” now belongs to ${TEAM}`,
      description: `user:default/grace took it from ${LINUS} and gave it to ${TEAM} on TIME. It was never used. Whoever had its secret still has it: rotate it, and put the new secret wherever the old one is used.`,
      link: `/api-keys/${key.id}?do=rotate`,
    });
    await next('given', 'api-key-transferred', 'grace');
  });

  it('skip what owners do in person, except for keys created in their name', async () => {
    const { key } = await portal.createKey('ada', { name: 'own' });
    const path = `${API}/keys/${key.id}`;
    const { body: successor } = await portal
      .call('post', `${path}/rotate`, ada)
      .expect(201);
    await whoami(successor.secret).expect(200);
    await portal
      .call('delete', `${API}/keys/${successor.key.id}`, ada)
      .expect(204);
    await portal.createKey('ada', { name: 'afterwards' });
    await next('afterwards', 'api-key-created', 'ada');
    expect((await about('own', 'ada')).map(({ topic }) => topic)).toEqual([
      'api-key-created',
    ]);
  });
});

it('notices of new keys can be switched off', async () => {
  const portal = await startTestPortal({
    apiKeys: { warnings: { onCreation: false } },
    features: [notificationsPlugin],
  });
  try {
    const { about, next } = inbox(portal);
    const { key } = await portal.createKey('ada', { name: 'quiet' });
    await portal
      .call('post', `${API}/admin/revoke`, await portal.signIn('grace'))
      .send({ ids: [key.id], reason: 'admin' })
      .expect(200);
    await next('quiet', 'api-key-revoked', 'ada');
    expect(await about('quiet', 'ada')).toHaveLength(1);
  } finally {
    await portal.stop();
  }
});
