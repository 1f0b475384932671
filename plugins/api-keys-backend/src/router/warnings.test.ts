import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ApiKeyUpcomingWarning } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { aKey } from '../__testUtils__/keys';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers, TestPolicy } from '../__testUtils__/testPolicy';
import { toRow } from '../database/rows';
import { DAY } from '../lifecycle/time';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const WARNINGS = '/api/api-keys/v1/admin/warnings';
const LINUS = 'user:default/linus';

const onlyKeysOf =
  (owner: string): TestPolicy =>
  ({ permission }) =>
    permission.name === 'api-keys.key.read'
      ? {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'api-keys',
          resourceType: 'api-key',
          conditions: {
            rule: 'IS_OWNER',
            resourceType: 'api-key',
            params: { claims: [owner] },
          },
        }
      : undefined;

function cursorOf(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

describe.each(databases.eachSupportedId())('warnings on %s', databaseId => {
  let knex: Knex;
  let portal: TestPortal;
  let grace: string;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    portal = await startTestPortal({ knex });
    grace = await portal.signIn('grace');
  });
  beforeEach(async () => {
    await knex('api_keys').delete();
    portal.policy.current = onlyGraceAdministers;
  });
  afterAll(() => portal.stop());

  const list = async (query = ''): Promise<any> => {
    const { body } = await portal
      .call('get', WARNINGS + query, grace)
      .expect(200);
    return body;
  };
  const namesOf = (items: ApiKeyUpcomingWarning[]) =>
    items.map(({ keyName, kind }) => `${keyName} ${kind}`);

  async function given(lives: Record<string, number>, owner?: string) {
    const now = Date.now();
    const keys = Object.entries(lives).map(([name, days]) =>
      aKey({
        name,
        createdAt: now - 200 * DAY,
        expiresAt: now + days * DAY,
        ...(owner && { owner }),
      }),
    );
    await knex('api_keys').insert(keys.map(key => toRow(key, key.id)));
    return keys;
  }

  it('are listed soonest first, with those already due, for the next two weeks', async () => {
    const [now] = await given({ now: 2, gone: -2, soon: 20, later: 40 });
    const { items, ...rest } = await list();
    expect(namesOf(items)).toEqual([
      'gone expired',
      'now expiry',
      'now expired',
      'soon expiry',
    ]);
    expect(items[1]).toEqual({
      keyId: now.id,
      keyName: 'now',
      owner: now.owner,
      kind: 'expiry',
      endsAt: new Date(now.expiresAt!).toISOString(),
      dueAt: new Date(now.expiresAt! - 3 * DAY).toISOString(),
      threshold: 'P3D',
    });
    expect(items[0].threshold).toBeNull();
    expect(rest).toEqual({
      totalItems: 4,
      totalIsCapped: false,
      pageInfo: {},
    });
  });

  it('look as far ahead as requested, at most a year', async () => {
    await given({ soon: 20, later: 40 });
    expect(namesOf((await list('?within=PT1H')).items)).toEqual([]);
    const year = await list('?within=P366D');
    expect(namesOf(year.items)).toEqual([
      'soon expiry',
      'soon expired',
      'later expiry',
      'later expired',
    ]);
  });

  it('are listed in pages, each once', async () => {
    await given({ a: 2, b: 2, c: 3, d: 20, e: 21 });
    const all = await list('?within=P366D');
    const paged: ApiKeyUpcomingWarning[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(
        `?within=P366D&limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect(page.totalItems).toBe(10);
      paged.push(...page.items);
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
    expect(paged).toEqual(all.items);
    expect(paged).toHaveLength(10);
  });

  it('show the name of a key unchanged', async () => {
    const name = `<img src=x onerror=alert(1)> ' "; drop table api_keys; --`;
    await given({ [name]: 2 });
    expect((await list()).items[0].keyName).toBe(name);
  });

  it('are limited to keys that the admin may read', async () => {
    await given({ hers: 2 });
    await given({ his: 2 }, LINUS);
    portal.policy.current = onlyKeysOf(LINUS);
    expect(namesOf((await list()).items)).toEqual([
      'his expiry',
      'his expired',
    ]);
  });

  it.each([
    ['within=P367D', 'within'],
    ['within=P2Y', 'within'],
    ['within=-P1D', 'within'],
    ['within=soon', 'within'],
    ['within=P0D', 'within'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['cursor=x', 'cursor'],
    [`cursor=${Buffer.from('['.repeat(60)).toString('base64url')}`, 'cursor'],
    [
      `cursor=${cursorOf([
        1.5,
        '0b0f1c8e-2f0e-4a53-9b58-2f3d3c5b7a10',
        'expiry',
      ])}`,
      'cursor',
    ],
    [
      `cursor=${cursorOf([
        15,
        '0b0f1c8e-2f0e-4a53-9b58-2f3d3c5b7a10',
        'nonesuch',
      ])}`,
      'cursor',
    ],
    ['owner=user:default/ada', 'owner'],
  ])('refuse %s, naming it', async (query, named) => {
    const { body } = await portal
      .call('get', `${WARNINGS}?${query}`, grace)
      .expect(400);
    expect(body.error.message).toContain(named);
  });

  it('are for admins', async () => {
    const ada = await portal.signIn('ada');
    await portal.call('get', WARNINGS, ada).expect(403);
    await portal.call('get', WARNINGS).expect(401);
  });
});
