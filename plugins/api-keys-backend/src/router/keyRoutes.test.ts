import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createApiKeyConditionalDecision, apiKeyConditions } from '..';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const DAY = 24 * 60 * 60 * 1000;
const daysFromNow = (days: number) =>
  new Date(Date.now() + days * DAY).toISOString();

describe.each(databases.eachSupportedId())('/v1/keys on %s', databaseId => {
  let portal: TestPortal;
  let ada: string;
  let linus: string;

  beforeAll(async () => {
    portal = await startTestPortal({
      knex: await databases.init(databaseId),
      apiKeys: { limits: { keysPerOwner: 100 } },
    });
    ada = await portal.signIn('ada');
    linus = await portal.signIn('linus');
  });

  afterEach(() => {
    portal.policy.current = () => undefined;
  });

  it('returns the limits for new keys', async () => {
    const grace = await portal.signIn('grace');
    const { body } = await portal.call('get', '/api/api-keys/v1/policy', grace);
    expect(body).toEqual({
      lifetime: { default: 'P90D', max: 'P365D', allowUnlimited: false },
      restrictions: { required: false, maxPlugins: null, forbidden: [] },
      plugins: [
        expect.objectContaining({ pluginId: 'api-keys' }),
        expect.objectContaining({ pluginId: 'other' }),
        expect.objectContaining({ pluginId: 'probe' }),
      ],
      inactivity: { default: null, max: null },
      owner: 'user:default/grace',
      owners: ['user:default/grace', 'group:default/team-a'],
      limits: { keysPerOwner: 100, keysInUse: 0 },
      rotation: { maxOverlap: 'P7D' },
      scopes: { configured: [], catalogApis: false },
      sources: {},
      secretPrefix: 'bsk',
      canCreate: true,
      cannotCreateReason: null,
      missingOwnership: [],
    });
  });

  describe('POST', () => {
    const create = (body: object, token = ada) =>
      portal.call('post', KEYS, token).send(body);

    it.each<[string, object, number]>([
      ['the default lifetime if asked for nothing', {}, 90],
      ['the asked for duration', { expiresIn: 'P7D' }, 7],
      ['the asked for time', { expiresAt: daysFromNow(30) }, 30],
      ['the longest lifetime', { expiresIn: 'P365D' }, 365],
    ])('gives %s', async (_, expiry, days) => {
      const { status, body } = await create({ name: 'ci', ...expiry });
      expect(status).toBe(201);
      const lifetime = Date.parse(body.key.expiresAt) - Date.now();
      expect(lifetime / DAY).toBeCloseTo(days, 2);
    });

    it('stores names and descriptions as they were typed', async () => {
      const texts = {
        name: `<img src=x onerror=alert(1)> 'Ünïcödé' 👩‍💻 %_\\ "; drop table api_keys`,
        description: 'two\nlines\twith a tab',
      };
      const { body } = await create(texts);
      const { body: found } = await portal.call(
        'get',
        `${KEYS}/${body.key.id}`,
        ada,
      );
      expect(found).toMatchObject(texts);
    });

    it('trims the name', async () => {
      const { body } = await create({ name: '  nightly  ' });
      expect(body.key.name).toBe('nightly');
    });

    it.each<[string, unknown, string]>([
      ['no body', undefined, 'name'],
      ['no object', [], 'the request'],
      ['a missing name', {}, 'name'],
      ['a blank name', { name: ' \t ' }, 'name'],
      ['an empty name', { name: '' }, 'name'],
      ['a name of another type', { name: 7 }, 'name'],
      ['a name that is null', { name: null }, 'name'],
      ['a name of 101 characters', { name: 'x'.repeat(101) }, 'name'],
      ['a NUL byte in the name', { name: 'a\0b' }, 'name'],
      ['a line break in the name', { name: 'a\nb' }, 'name'],
      ['half a surrogate pair in the name', { name: 'a\ud800b' }, 'name'],
      [
        'a NUL byte in the description',
        { name: 'ci', description: '\0' },
        'description',
      ],
      [
        'half a surrogate pair in the description',
        { name: 'ci', description: '\udc00' },
        'description',
      ],
      [
        'a description of 1001 characters',
        { name: 'ci', description: 'x'.repeat(1001) },
        'description',
      ],
      [
        'a past expiry',
        { name: 'ci', expiresAt: daysFromNow(-1) },
        'expiresAt',
      ],
      [
        'a too far expiry',
        { name: 'ci', expiresAt: daysFromNow(366) },
        'expiresAt',
      ],
      ['no expiry at all', { name: 'ci', expiresAt: null }, 'expiresAt'],
      ['a word for an expiry', { name: 'ci', expiresAt: 'never' }, 'expiresAt'],
      [
        'a day that is none',
        { name: 'ci', expiresAt: '2030-02-30T00:00:00Z' },
        'expiresAt',
      ],
      [
        'a time without a zone',
        { name: 'ci', expiresAt: '2030-01-01T00:00:00' },
        'expiresAt',
      ],
      [
        'a day without a time',
        { name: 'ci', expiresAt: '2030-01-01' },
        'expiresAt',
      ],
      [
        'a number for an expiry',
        { name: 'ci', expiresAt: 1893456000 },
        'expiresAt',
      ],
      ['a too long duration', { name: 'ci', expiresIn: 'P366D' }, 'expiresIn'],
      [
        'an absurd duration',
        { name: 'ci', expiresIn: 'P99999999Y' },
        'expiresIn',
      ],
      ['no duration', { name: 'ci', expiresIn: 'PT0S' }, 'expiresIn'],
      ['a negative duration', { name: 'ci', expiresIn: '-P1D' }, 'expiresIn'],
      [
        'words for a duration',
        { name: 'ci', expiresIn: '90 days' },
        'expiresIn',
      ],
      [
        'two expiries',
        { name: 'ci', expiresIn: 'P1D', expiresAt: daysFromNow(1) },
        'expiresAt and expiresIn',
      ],
      ['an unknown field', { name: 'ci', scope: 'all' }, '"scope"'],
      ['an id of their own', { name: 'ci', id: UNKNOWN_ID }, '"id"'],
      [
        'an owner that is no entity ref',
        { name: 'ci', owner: 'linus' },
        'owner',
      ],
      [
        'a poisoned prototype',
        JSON.parse('{"name":"ci","__proto__":{"a":1}}'),
        '',
      ],
    ])('refuses %s with a 400 that names it', async (_, body, named) => {
      const before = await countKeys();
      const test = portal.call('post', KEYS, ada);
      const response = await (body === undefined
        ? test
        : test
            .set('Content-Type', 'application/json')
            .send(JSON.stringify(body)));
      expect(response.status).toBe(400);
      expect(response.body.error.name).toBe('InputError');
      expect(response.body.error.message).toContain(named);
      expect(await countKeys()).toBe(before);
    });

    it('refuses a body that is not JSON, without repeating it', async () => {
      const { status, text } = await portal
        .call('post', KEYS, ada)
        .set('Content-Type', 'application/json')
        .send('{"name": hush}');
      expect(status).toBe(400);
      expect(text).toContain('not valid JSON');
      expect(text).not.toContain('hush');
    });

    it('refuses a body that is too large with a 413', async () => {
      await create({ name: 'x'.repeat(70_000) }).expect(413);
    });

    it.each<[string, () => Promise<string | undefined>, number]>([
      ['without credentials', async () => undefined, 401],
      ['by a key', async () => (await portal.createKey('ada')).secret, 403],
    ])('cannot be done %s', async (_, bearer, status) => {
      const token = await bearer();
      const before = await countKeys();
      await portal
        .call('post', KEYS, token)
        .send({ name: 'ci' })
        .expect(status);
      expect(await countKeys()).toBe(before);
    });

    it('refuses a plugin on behalf of the user', async () => {
      const { status, body } = await portal.call(
        'post',
        '/api/probe/hop/api-keys/v1/keys',
        ada,
      );
      expect(status).toBe(403);
      expect(body.error.message).toContain('on their behalf');
    });

    it('refuses a plugin on behalf of a key', async () => {
      const { secret } = await portal.createKey('ada');
      await portal
        .call('post', '/api/probe/hop/api-keys/v1/keys', secret)
        .expect(403);
    });

    it('needs the permission api-keys.key.create', async () => {
      deny('api-keys.key.create');
      const { status, body } = await create({ name: 'ci' });
      expect(status).toBe(403);
      expect(body.error.message).toContain('api-keys.key.create');
    });
  });

  describe('GET', () => {
    let token: string;
    let ids: string[];

    beforeAll(async () => {
      token = await portal.signIn('grace');
      const names = ['Deploy', 'nightly 100%', 'nightly 100x', 'an_alysis'];
      ids = [];
      for (const name of names) {
        const { key } = await portal.createKey('grace', {
          name,
          expiresIn: `P${10 - ids.length}D`,
        });
        ids.push(key.id);
      }
      await portal.call('delete', `${KEYS}/${ids[0]}`, token).expect(204);
    });

    const list = async (query: string) => {
      const { body } = await portal
        .call('get', `${KEYS}?${query}`, token)
        .expect(200);
      return body;
    };
    const namesOf = (page: { items: { name: string }[] }) =>
      page.items.map(({ name }) => name);

    it('lists only the keys of the caller, newest first', async () => {
      const page = await list('');
      expect(namesOf(page)).toEqual([
        'an_alysis',
        'nightly 100x',
        'nightly 100%',
        'Deploy',
      ]);
      expect(page.totalItems).toBe(4);
      expect(page.pageInfo).toEqual({});
      expect(JSON.stringify(page)).not.toMatch(/digest|bsk_/);
    });

    it.each([
      ['status=revoked', ['Deploy']],
      ['status=active', ['an_alysis', 'nightly 100x', 'nightly 100%']],
      ['status=expired&status=revoked', ['Deploy']],
      ['q=NIGHT', ['nightly 100x', 'nightly 100%']],
      ['q=100%25', ['nightly 100%']],
      ['q=_', ['an_alysis']],
      ['q=%5C', []],
      [
        'orderBy=name:asc',
        ['an_alysis', 'Deploy', 'nightly 100%', 'nightly 100x'],
      ],
      [
        'orderBy=expiresAt:asc',
        ['an_alysis', 'nightly 100x', 'nightly 100%', 'Deploy'],
      ],
    ])('finds %s', async (query, names) => {
      expect(namesOf(await list(query))).toEqual(names);
    });

    it.each([
      'createdAt:desc',
      'createdAt:asc',
      'name:desc',
      'lastUsedAt:asc',
      'expiresAt:desc',
    ])('shows every key once over all pages by %s', async orderBy => {
      const whole = namesOf(await list(`orderBy=${orderBy}`));
      const paged: string[] = [];
      let cursor = '';
      do {
        const page = await list(
          `orderBy=${orderBy}&limit=1${cursor && `&cursor=${cursor}`}`,
        );
        expect(page.totalItems).toBe(4);
        paged.push(...namesOf(page));
        cursor = page.pageInfo.nextCursor ?? '';
      } while (cursor);
      expect(paged).toEqual(whole);
    });

    it.each([
      ['limit=0', 'limit'],
      ['limit=-1', 'limit'],
      ['limit=1e9', 'limit'],
      ['limit=201', 'limit'],
      ['limit=1&limit=2', 'limit'],
      ['status=dead', 'status'],
      ['status[x]=active', 'status'],
      ['orderBy=secret:asc', 'orderBy'],
      ['cursor=x', 'cursor'],
      ['cursor=W10', 'cursor'],
      [
        `cursor=${Buffer.from('["name:asc","a","x"]').toString('base64url')}`,
        'cursor',
      ],
      ['owner=grace', 'owner'],
      ['familyId=', 'familyId'],
      ['familyId=ci', 'familyId'],
      ['familyId=%00', 'familyId'],
      [`familyId=${UNKNOWN_ID}&familyId=${UNKNOWN_ID}`, 'familyId'],
      ['q=%00', 'q'],
      [`q=${'x'.repeat(201)}`, 'q'],
      ['page=2', '"page"'],
    ])('refuses %s with a 400 that names it', async (query, named) => {
      const { status, body } = await portal.call(
        'get',
        `${KEYS}?${query}`,
        token,
      );
      expect(status).toBe(400);
      expect(body.error.message).toContain(named);
    });

    it('lists the keys of one rotation family, whatever their status', async () => {
      const { key: oldest } = await portal.createKey('linus');
      await portal.createKey('linus');
      const rotate = async (id: string) => {
        const path = `${KEYS}/${id}/rotate`;
        return (await portal.call('post', path, linus).expect(201)).body.key;
      };
      const middle = await rotate(oldest.id);
      const newest = await rotate(middle.id);
      const familyOf = async (id: string, who = linus) =>
        (await portal.call('get', `${KEYS}?familyId=${id}`, who).expect(200))
          .body;

      for (const id of [oldest.familyId, oldest.familyId.toUpperCase()]) {
        const family = await familyOf(id);
        expect(family.items.map((key: { id: string }) => key.id)).toEqual([
          newest.id,
          middle.id,
          oldest.id,
        ]);
        expect(family.totalItems).toBe(3);
      }
      expect(await familyOf(UNKNOWN_ID)).toMatchObject({ totalItems: 0 });
      expect(await familyOf(oldest.familyId, token)).toMatchObject({
        items: [],
        totalItems: 0,
      });
    });

    it('lists the keys of one owner, but only those that the caller owns', async () => {
      const owned = async (owner: string, who = token) =>
        (await portal.call('get', `${KEYS}?owner=${owner}`, who).expect(200))
          .body.totalItems;
      expect(await owned('user:default/grace')).toBe(4);
      expect(await owned('User:Default/Grace')).toBe(4);
      expect(await owned('user:default/linus')).toBe(0);
      expect(await owned('user:default/grace', linus)).toBe(0);
    });

    it('shows a key, to its owner and to the key itself', async () => {
      const { key, secret } = await portal.createKey('grace');
      for (const bearer of [token, secret]) {
        const { body } = await portal
          .call('get', `${KEYS}/${key.id}`, bearer)
          .expect(200);
        expect(body.id).toBe(key.id);
      }
    });

    it('refuses a list that the policy denies, and hides single keys', async () => {
      deny('api-keys.key.read');
      await portal.call('get', KEYS, token).expect(403);
      await portal.call('get', `${KEYS}/${ids[1]}`, token).expect(404);
    });

    it('applies conditions of the policy to lists, counts and single keys', async () => {
      portal.policy.current = ({ permission }) =>
        permission.name === 'api-keys.key.read'
          ? createApiKeyConditionalDecision(
              permission as Parameters<
                typeof createApiKeyConditionalDecision
              >[0],
              {
                allOf: [
                  apiKeyConditions.hasStatus({ statuses: ['revoked'] }),
                  apiKeyConditions.hasOwnerKind({ kinds: ['user'] }),
                  {
                    not: apiKeyConditions.isOwner({
                      claims: ['user:default/ada'],
                    }),
                  },
                ],
              },
            )
          : undefined;

      const page = await list('');
      expect(namesOf(page)).toEqual(['Deploy']);
      expect(page.totalItems).toBe(1);
      await portal.call('get', `${KEYS}/${ids[0]}`, token).expect(200);
      await portal.call('get', `${KEYS}/${ids[1]}`, token).expect(404);
    });
  });

  describe('PATCH', () => {
    let id: string;
    const patch = (body: object, token = ada) =>
      portal.call('patch', `${KEYS}/${id}`, token).send(body);

    beforeEach(async () => {
      id = (await portal.createKey('ada', { description: 'old' })).key.id;
    });

    it('renames, describes and shortens', async () => {
      const expiresAt = daysFromNow(3);
      const { status, body } = await patch({ name: 'new', expiresAt });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        name: 'new',
        description: 'old',
        expiresAt,
      });

      const described = await patch({ description: null });
      expect(described.body).toMatchObject({ name: 'new', description: null });
      const { body: found } = await portal.call('get', `${KEYS}?q=NEW`, ada);
      expect(found.totalItems).toBe(1);
    });

    it.each<[string, object, string]>([
      ['a later expiry', { expiresAt: daysFromNow(91) }, 'expiresAt'],
      ['a past expiry', { expiresAt: daysFromNow(-1) }, 'expiresAt'],
      ['no expiry', { expiresAt: null }, 'expiresAt'],
      ['a blank name', { name: ' ' }, 'name'],
      [
        'a field that cannot be changed',
        { owner: 'user:default/ada' },
        '"owner"',
      ],
      ['a status', { status: 'active' }, '"status"'],
    ])(
      'refuses %s with a 400 that names it, and changes nothing',
      async (_, body, named) => {
        const before = await read(id);
        const response = await patch({ ...body, description: 'changed' });
        expect(response.status).toBe(400);
        expect(response.body.error.message).toContain(named);
        expect(await read(id)).toEqual(before);
      },
    );

    it('refuses a request without changes', async () => {
      const { status, body } = await patch({});
      expect(status).toBe(400);
      expect(body.error.message).toContain('must change something');
    });

    it('refuses a key that was revoked, with a 409', async () => {
      await portal.call('delete', `${KEYS}/${id}`, ada).expect(204);
      const { status, body } = await patch({ name: 'back' });
      expect(status).toBe(409);
      expect(body.error.message).toContain('revoked');
    });

    it('does not find a key of another owner', async () => {
      await patch({ name: 'mine' }, linus).expect(404);
    });

    it('refuses the key itself', async () => {
      const { key, secret } = await portal.createKey('ada');
      await portal
        .call('patch', `${KEYS}/${key.id}`, secret)
        .send({ name: 'self' })
        .expect(403);
    });

    it('needs the permission api-keys.key.update', async () => {
      deny('api-keys.key.update');
      await patch({ name: 'new' }).expect(403);
    });
  });

  describe('DELETE', () => {
    it('revokes, once, and can be repeated', async () => {
      const { key, secret } = await portal.createKey('ada');
      await portal.call('delete', `${KEYS}/${key.id}`, ada).expect(204);
      const first = await read(key.id);
      await portal.call('delete', `${KEYS}/${key.id}`, ada).expect(204);
      expect(await read(key.id)).toEqual(first);
      await portal.call('get', '/api/probe/whoami', secret).expect(401);
    });

    it.each<[string, () => Promise<string>]>([
      ['an unknown id', async () => UNKNOWN_ID],
      ['what is no id', async () => 'ci'],
      ['a NUL byte', async () => '%00'],
      [
        'somebody else’s key',
        async () => (await portal.createKey('linus')).key.id,
      ],
    ])('answers 404 for %s', async (_, id) => {
      const path = `${KEYS}/${await id()}`;
      for (const method of ['get', 'delete'] as const) {
        const { status, body } = await portal.call(method, path, ada);
        expect(status).toBe(404);
        expect(body.error.name).toBe('NotFoundError');
      }
    });

    it('does not change a key of another owner', async () => {
      const { key, secret } = await portal.createKey('linus');
      await portal.call('delete', `${KEYS}/${key.id}`, ada).expect(404);
      await portal.call('get', '/api/probe/whoami', secret).expect(200);
    });

    it('refuses another key of the owner', async () => {
      const { key } = await portal.createKey('ada');
      const { secret } = await portal.createKey('ada');
      await portal.call('delete', `${KEYS}/${key.id}`, secret).expect(403);
    });

    it('needs the permission api-keys.key.revoke', async () => {
      const { key } = await portal.createKey('ada');
      deny('api-keys.key.revoke');
      await portal.call('delete', `${KEYS}/${key.id}`, ada).expect(403);
    });
  });

  function deny(name: string) {
    portal.policy.current = ({ permission }) =>
      permission.name === name ? { result: AuthorizeResult.DENY } : undefined;
  }

  async function read(id: string) {
    const { body } = await portal.call('get', `${KEYS}/${id}`, ada).expect(200);
    return body;
  }

  async function countKeys(): Promise<number> {
    const { body } = await portal.call('get', `${KEYS}?limit=1`, ada);
    return body.totalItems;
  }
});
