import { TestDatabases } from '@backstage/backend-test-utils';
import {
  API_KEY_EVENT_TYPES,
  API_KEY_TOTAL_MAX,
  ApiKeyEvent,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { readCsv } from '../__testUtils__/readCsv';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADMIN = '/api/api-keys/v1/admin';
const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const GRACE = 'user:default/grace';
const CI = '0b0f1c8e-2f0e-4a53-9b58-2f3d3c5b7a10';
const CD = '5d7c2a64-91d3-4c0b-8f7e-0c6f1d2b3a4e';
const NOON = Date.UTC(2030, 0, 1, 12);
const HOUR = 60 * 60 * 1000;

const event = (fields: Record<string, unknown>) => ({
  at: NOON,
  category: 'AUDIT',
  type: 'created',
  key_id: CI,
  owner: ADA,
  actor: ADA,
  details: '{}',
  ...fields,
});

/** Events in the order in which they happened, an hour apart. */
const LIFE = [
  event({ details: JSON.stringify({ name: '=1+1' }) }),
  event({ key_id: CD, owner: LINUS, actor: LINUS }),
  event({ type: 'policy-applied', actor: null }),
  event({ type: 'revoked', actor: GRACE, details: '{"reason":"leaked"}' }),
  event({ type: 'refused', category: 'SECURITY', actor: null }),
].map((row, hours) => ({ ...row, at: NOON + hours * HOUR }));

const FILTERS: [string, string[]][] = [
  ['', ['refused', 'revoked', 'policy-applied', 'created', 'created']],
  ['category=SECURITY', ['refused']],
  ['category=AUDIT&owner=user:default/linus', ['created']],
  ['category=ERROR', []],
  ['type=policy-applied', ['policy-applied']],
  ['type=nonesuch', []],
  ['owner=User:default/Linus', ['created']],
  [`actor=${GRACE}`, ['revoked']],
  [`actor=${ADA}&owner=${LINUS}`, []],
  [`keyId=${CD.toUpperCase()}`, ['created']],
  ['from=2030-01-01T15:00:00Z', ['refused', 'revoked']],
  ['to=2030-01-01T14:00:00Z', ['created', 'created']],
  ['from=2030-01-01T14:00:00Z&to=2030-01-01T15:00:00Z', ['policy-applied']],
];

describe.each(databases.eachSupportedId())('the trail on %s', databaseId => {
  let knex: Knex;
  let portal: TestPortal;
  let ada: string;
  let grace: string;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    portal = await startTestPortal({ knex });
    portal.policy.current = onlyGraceAdministers;
    ada = await portal.signIn('ada');
    grace = await portal.signIn('grace');
  });

  beforeEach(() => put(LIFE));

  async function put(events: object[]) {
    await knex('api_key_events').delete();
    await knex.batchInsert('api_key_events', events, 100);
  }

  const get = (path: string, token = grace) =>
    portal.call('get', `${ADMIN}/${path}`, token);
  const list = async (query: string) =>
    (await get(`events?${query}`).expect(200)).body;
  const exported = async (query = ''): Promise<Record<string, string>[]> => {
    const { text } = await get(`events.csv?${query}`).expect(200);
    return readCsv(text);
  };
  const typesOf = (events: { type?: string }[]) => events.map(e => e.type);

  it.each(FILTERS)('has by "%s" %j, latest first', async (query, types) => {
    const { items, totalItems } = await list(query);
    expect(typesOf(items)).toEqual(types);
    expect(totalItems).toBe(types.length);
  });

  it.each(FILTERS)('exports by "%s" %j, oldest first', async (query, types) => {
    expect(typesOf(await exported(query))).toEqual([...types].reverse());
  });

  it('is listed in pages', async () => {
    const { pageInfo, totalItems, totalIsCapped } = await list('limit=2');
    expect({ totalItems, totalIsCapped }).toEqual({
      totalItems: 5,
      totalIsCapped: false,
    });
    const rest = await list(`limit=3&cursor=${pageInfo.nextCursor}`);
    expect(typesOf(rest.items)).toEqual([
      'policy-applied',
      'created',
      'created',
    ]);
    expect(rest.pageInfo).toEqual({});
  });

  it('shows changes and their actors as they happen', async () => {
    await knex('api_key_events').delete();
    const { key, secret } = await portal.createKey('ada', { name: 'ci' });
    await portal
      .call('post', `${ADMIN}/revoke`, grace)
      .send({ ids: [key.id], reason: 'leaked' })
      .expect(200);
    await portal.call('get', '/api/probe/whoami', secret).expect(401);
    const told = (type: string, fields: Partial<ApiKeyEvent>) =>
      expect.objectContaining({ type, keyId: key.id, owner: ADA, ...fields });
    await eventually(async () => {
      expect((await list('')).items).toEqual([
        told('refused', { category: 'SECURITY', actor: null }),
        told('revoked', { actor: GRACE, details: { reason: 'leaked' } }),
        told('created', { category: 'AUDIT', actor: ADA }),
      ]);
    });
    const { items }: { items: ApiKeyEvent[] } = await list('');
    const unknown = typesOf(items).filter(
      type => !API_KEY_EVENT_TYPES.some(known => known === type),
    );
    expect(unknown).toEqual([]);
  });

  it('is counted up to 10 000 events', async () => {
    await put(Array.from({ length: API_KEY_TOTAL_MAX + 1 }, () => event({})));
    const { totalItems, totalIsCapped, pageInfo } = await list('limit=1');
    expect({ totalItems, totalIsCapped }).toEqual({
      totalItems: API_KEY_TOTAL_MAX,
      totalIsCapped: true,
    });
    expect(pageInfo.nextCursor).toBeDefined();
  });

  describe('as CSV', () => {
    it('has all fields of an event, the details as JSON', async () => {
      const { text, headers } = await get('events.csv').expect(200);
      expect(headers['content-disposition']).toBe(
        'attachment; filename="api-key-events.csv"',
      );
      expect(text).toMatch(
        /^\ufeffid,at,category,type,keyId,owner,actor,details\r\n/,
      );
      const { items }: { items: ApiKeyEvent[] } = await list('');
      const rows = readCsv(text);
      expect(rows).toEqual(
        items.reverse().map(({ actor, details, ...rest }) => ({
          ...rest,
          actor: actor ?? '',
          details: JSON.stringify(details),
        })),
      );
    });

    it('contains nothing that a spreadsheet evaluates', async () => {
      await put([
        event({ details: JSON.stringify({ name: '=1+1' }) }),
        event({ type: '=1+1' }),
      ]);
      const { text } = await get('events.csv').expect(200);
      // A cell with JSON begins with a brace, not with a formula.
      expect(text).toContain(',"{""name"":""=1+1""}"\r\n');
      expect(text).toContain(",'=1+1,");
    });

    it('contains all of many events, each once', async () => {
      await put(
        Array.from({ length: 2500 }, (_, i) =>
          event({ at: NOON + (i % 7), details: JSON.stringify({ i }) }),
        ),
      );
      const rows = await exported();
      expect(rows.map(({ details }) => JSON.parse(details).i)).toEqual(
        Array.from({ length: 2500 }, (_, i) => i),
      );
    });
  });

  describe.each(['events', 'events.csv'])('%s', path => {
    it.each([
      'category=audit',
      'type=a%00b',
      'owner=ada',
      'actor=grace',
      'keyId=x',
      'from=yesterday',
      'to=2030-13-01T00:00:00Z',
      'who=me',
      path === 'events' ? 'limit=0' : 'limit=1',
    ])('refuses %s with a 400 that names it', async query => {
      const { status, body } = await get(`${path}?${query}`);
      expect(status).toBe(400);
      expect(body.error.message).toContain(query.split('=')[0]);
    });

    it('is for admins', async () => {
      await get(path, ada).expect(403);
      const { secret } = await portal.createKey('ada');
      await get(path, secret).expect(403);
      const graces = await portal.createKey('grace');
      await get(path, graces.secret).expect(200);
      await portal.call('get', `${ADMIN}/${path}`).expect(401);
    });
  });
});
