import { TestDatabases } from '@backstage/backend-test-utils';
import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';

describe.each(databases.eachSupportedId())('events on %s', databaseId => {
  let portal: TestPortal;
  let ada: string;

  beforeAll(async () => {
    portal = await startTestPortal({ knex: await databases.init(databaseId) });
    ada = await portal.signIn('ada');
  });

  const eventsOf = async (id: string, query = '') => {
    const { body } = await portal
      .call('get', `${KEYS}/${id}/events${query}`, ada)
      .expect(200);
    return body;
  };
  /** Returns changes only: the use of an ended key is also recorded, a little later. */
  const typesOf = async (id: string): Promise<string[]> => {
    const { items }: { items: ApiKeyEvent[] } = await eventsOf(id);
    return items
      .filter(({ category }) => category === 'AUDIT')
      .map(({ type }) => type);
  };

  it('describe the whole life of a key, latest first', async () => {
    const { key } = await portal.createKey('ada', { name: 'ci' });
    const path = `${KEYS}/${key.id}`;
    await portal.call('patch', path, ada).send({ name: 'nightly' }).expect(200);
    const { body: successor } = await portal
      .call('post', `${path}/rotate`, ada)
      .expect(201);
    await portal.call('get', '/api/probe/whoami', successor.secret).expect(200);

    const { items, totalItems, pageInfo } = await eventsOf(key.id);
    expect(items).toEqual(
      [
        { type: 'revoked', details: { reason: 'rotated' } },
        {
          type: 'rotated',
          details: {
            successorId: successor.key.id,
            overlapEndsAt: expect.stringMatching(/Z$/),
          },
        },
        { type: 'updated', details: { name: 'nightly' } },
        {
          type: 'created',
          details: { name: 'ci', expiresAt: key.expiresAt },
        },
      ].map(event => ({
        ...event,
        id: expect.stringMatching(/^\d+$/),
        at: expect.stringMatching(/^20\d\d-.*Z$/),
        category: 'AUDIT',
        keyId: key.id,
        owner: 'user:default/ada',
        actor: 'user:default/ada',
      })),
    );
    expect({ totalItems, pageInfo }).toEqual({ totalItems: 4, pageInfo: {} });
    expect(await typesOf(successor.key.id)).toEqual(['first-used', 'created']);
  });

  it('are one for each change, however often it is requested', async () => {
    const { key, secret } = await portal.createKey('ada');
    for (let i = 0; i < 3; i++) {
      await portal.call('delete', `${KEYS}/${key.id}`, ada).expect(204);
    }
    await portal.call('get', '/api/probe/whoami', secret).expect(401);
    expect(await typesOf(key.id)).toEqual(['revoked', 'created']);
  });

  it('are not added for refused requests', async () => {
    const { key } = await portal.createKey('ada');
    await portal
      .call('patch', `${KEYS}/${key.id}`, ada)
      .send({ expiresAt: '2020-01-01T00:00:00Z' })
      .expect(400);
    await portal
      .call('post', `${KEYS}/${key.id}/rotate`, ada)
      .send({ expiresIn: 'P999D' })
      .expect(400);
    expect(await typesOf(key.id)).toEqual(['created']);
  });

  it('hold no secret', async () => {
    const { key } = await portal.createKey('ada');
    expect(JSON.stringify(await eventsOf(key.id))).not.toContain('bsk_');
  });

  it('are listed in pages', async () => {
    const { key } = await portal.createKey('ada');
    for (const name of ['a', 'b']) {
      await portal.call('patch', `${KEYS}/${key.id}`, ada).send({ name });
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await eventsOf(
        key.id,
        `?limit=1${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.items.map(({ type }: { type: string }) => type));
      cursor = page.pageInfo.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(['updated', 'updated', 'created']);
  });

  it.each([
    ['limit=0', 'limit'],
    ['cursor=x', 'cursor'],
    ['cursor=0', 'cursor'],
    ['cursor=99999999999999999999', 'cursor'],
    ['type=created', '"type"'],
  ])('refuse %s with a 400 that names it', async (query, named) => {
    const { key } = await portal.createKey('linus');
    const { status, body } = await portal.call(
      'get',
      `${KEYS}/${key.id}/events?${query}`,
      await portal.signIn('linus'),
    );
    expect(status).toBe(400);
    expect(body.error.message).toContain(named);
  });

  it('of a key of another owner are not found', async () => {
    const { key } = await portal.createKey('linus');
    await portal.call('get', `${KEYS}/${key.id}/events`, ada).expect(404);
  });
});
