import { TestDatabases } from '@backstage/backend-test-utils';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';
const REVOKE = '/api/api-keys/v1/admin/revoke';

const INVISIBLE = {
  blanks: ' \u00a0\u2003\u3000',
  'zero-width characters': '\u200b\u200c\u200d\u2060\ufeff',
  'combining characters': '\u0301\u0308',
  'variation selectors': '\ufe0f\u{e0100}',
  tags: '\u{e0062}\u{e0067}',
  'Hangul fillers': '\u115f\u1160\u3164\uffa0',
  'an empty braille cell': '\u2800',
  'a soft hyphen': '\u00ad',
  'an invisible operator': '\u2063',
};

const CONTROLS = [
  ...['\u0000', '\u0007', '\u0085', '\u009b', '\u2028', '\u2029', '\ud800'],
  ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e'],
  ...['\u2066', '\u2067', '\u2068', '\u2069', '\u200e', '\u200f', '\u061c'],
];

/** Samples of the scripts and symbols that people use in names. */
const FINE = [
  ...['Nächtlicher Lauf', '日次ビルド', 'شحن يومي', 'גיבוי', 'می‌خواهم'],
  ...[
    '👩‍💻 build',
    '❤️',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    '1️⃣',
    '👍🏽',
    'e\u0323',
  ],
];

/** Returns a secret whose `K` is written as a Kelvin sign. */
function disguisedSecret(): string {
  for (;;) {
    const secret = generateSecret('bsk');
    if (secret.includes('K')) return secret.replace(/K/g, '\u212a');
  }
}

describe.each(databases.eachSupportedId())('texts on %s', databaseId => {
  let portal: TestPortal;
  let ada: string;

  beforeAll(async () => {
    portal = await startTestPortal({
      knex: await databases.init(databaseId),
      apiKeys: { limits: { keysPerOwner: 1000 } },
    });
    portal.policy.current = onlyGraceAdministers;
    ada = await portal.signIn('ada');
  });

  afterAll(() => portal.stop());

  const create = (body: object) => portal.call('post', KEYS, ada).send(body);
  const made = async (body: object) => (await create(body).expect(201)).body;
  const update = (id: string, body: object) =>
    portal.call('patch', `${KEYS}/${id}`, ada).send(body);

  describe('of a name', () => {
    it.each(Object.entries(INVISIBLE))(
      'are refused that are nothing but %s',
      async (_, name) => {
        const { key } = await made({ name: 'visible' });
        for (const request of [create({ name }), update(key.id, { name })]) {
          const { status, body } = await request;
          expect(status).toBe(400);
          expect(body.error.message).toMatch(/^name: must not be blank/);
        }
      },
    );

    it.each(CONTROLS)('are refused with %j', async control => {
      const { status, body } = await create({ name: `a${control}b` });
      expect(status).toBe(400);
      expect(body.error.message).toMatch(/^name: .*control characters/);
    });

    it.each(FINE)('are taken as they are: %s', async name => {
      const { key } = await made({ name: ` ${name}\u3000` });
      expect(key.name).toBe(name.normalize('NFC'));
    });

    it('are kept in NFC, when a key is made and when it is changed', async () => {
      const nfd = { name: 'Mu\u0308ller', description: 'fu\u0308r alle' };
      const nfc = { name: 'Müller', description: 'für alle' };
      const { key } = await made(nfd);
      expect(key).toMatchObject(nfc);
      const { body } = await update(key.id, {
        name: 'O\u0308l',
        description: 'A\u0308',
      }).expect(200);
      expect(body).toMatchObject({ name: 'Öl', description: 'Ä' });
    });

    it('have 100 code points at most, counted in NFC', async () => {
      await create({ name: '😀'.repeat(100) }).expect(201);
      await create({ name: 'u\u0308'.repeat(100) }).expect(201);
      // NFC decomposes these characters.
      for (const name of ['😀'.repeat(101), '\u0958'.repeat(51)]) {
        const { status, body } = await create({ name });
        expect(status).toBe(400);
        expect(body.error.message).toBe(
          'name: must have at most 100 characters',
        );
      }
    });

    it('are refused with a secret that only normalizing makes one', async () => {
      const { status, body } = await create({ name: disguisedSecret() });
      expect(status).toBe(400);
      expect(body.error.message).toMatch(/^name: contains an API key/);
    });
  });

  describe('of a description', () => {
    it.each(CONTROLS)('are refused with %j', async control => {
      const { status, body } = await create({
        name: 'ci',
        description: `a${control}b`,
      });
      expect(status).toBe(400);
      expect(body.error.message).toMatch(/^description: .*control characters/);
    });

    it('may have lines and tabs', async () => {
      const description = 'one\n\ttwo\r\nthree 👩‍💻';
      const { key } = await made({ name: 'ci', description });
      expect(key.description).toBe(description);
    });
  });

  describe('that are searched for', () => {
    const find = async (q: string, more = '') => {
      const query = `q=${encodeURIComponent(q)}&limit=200${more}`;
      const { body } = await portal
        .call('get', `${KEYS}?${query}`, ada)
        .expect(200);
      return body.items.map(({ name }: { name: string }) => name);
    };

    it.each([
      ['Straße Süd', 'STRASSE SÜD'],
      ['GROSSE Halle', 'große'],
      ['Zu\u0308ge', 'züge'],
      ['Züge 2', 'zu\u0308GE 2'],
      ['İzmir', 'izmir'],
      ['ＷＩＤＥ', 'wide'],
      ['ΛΟΓΟΣ', 'λογος'],
      ['100 % a_b\\c', '100 % A_b\\C'],
      ['trailing', ' trailing \u00a0'],
      ['invi\u00adsible', 'invisible'],
    ])('finds %j as %j', async (name, q) => {
      await made({ name });
      expect(await find(q)).toEqual([name.normalize('NFC')]);
    });

    it('finds a key by its hint as it is shown and by its whole id', async () => {
      const { key, secret } = await made({ name: 'by hint' });
      const hint = secret.slice(-4);
      expect(key.hint).toBe(hint);
      for (const q of [
        `…${hint}`,
        `bsk_…${hint}`,
        `...${hint}`,
        ` …${hint} `,
      ]) {
        expect(await find(q)).toContain('by hint');
      }
      expect(await find(key.id)).toEqual(['by hint']);
      expect(await find(` ${key.id.toUpperCase()} `)).toEqual(['by hint']);
      expect(await find(key.id.slice(0, 8))).not.toContain('by hint');
    });

    it('finds a key by what it was changed to, and no longer by what it was', async () => {
      const { key } = await made({ name: 'Früher', description: 'Größe M' });
      await update(key.id, { name: 'SPÄTER', description: null }).expect(200);
      expect(await find('spa\u0308ter')).toEqual(['SPÄTER']);
      expect(await find('früher')).toEqual([]);
      expect(await find('grösse m')).toEqual([]);
    });

    it('lists by name in one order, page by page, whatever the locale of the database', async () => {
      const linus = await portal.signIn('linus');
      const names = ['Zoo', 'öl', 'Ofen', 'a-b', 'a b', 'ab', 'A_c', 'Ärger'];
      for (const name of [...names, 'ß', 'st', 'ss', '日', '_x', '👩‍💻']) {
        await portal.call('post', KEYS, linus).send({ name }).expect(201);
      }
      const listed: string[] = [];
      let cursor = '';
      do {
        const { body } = await portal
          .call('get', `${KEYS}?orderBy=name:asc&limit=3${cursor}`, linus)
          .expect(200);
        listed.push(...body.items.map(({ name }: { name: string }) => name));
        const next = body.pageInfo.nextCursor;
        cursor = next ? `&cursor=${next}` : '';
      } while (cursor);
      expect(listed.filter(name => !['ß', 'ss'].includes(name))).toEqual([
        ...['_x', 'a b', 'a-b', 'A_c', 'ab', 'Ärger', 'Ofen', 'öl', 'st'],
        ...['Zoo', '日', '👩‍💻'],
      ]);
      expect(listed).toHaveLength(14);
    });

    it.each([' ', '\u200b', '\u00a0\ufeff', '\u00ad'])(
      'is refused as %j where keys are revoked by it, since all have that',
      async q => {
        const grace = await portal.signIn('grace');
        const { status, body } = await portal
          .call('post', REVOKE, grace)
          .send({ filter: { q }, reason: 'admin', dryRun: true });
        expect(status).toBe(400);
        expect(body.error.message).toMatch(/^filter\.q: must not be blank/);
      },
    );
  });
});
