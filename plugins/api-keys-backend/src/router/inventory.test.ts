import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ApiKey,
  ApiKeyPage,
  RevokeApiKeysRequest,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { apiKeyConditions, createApiKeyConditionalDecision } from '..';
import { aKey } from '../__testUtils__/keys';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';
import { toRow } from '../database/rows';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { startOfDay } from '../lifecycle/time';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADMIN = '/api/api-keys/v1/admin';
const LINUS = 'user:default/linus';
const TEAM = 'group:default/team-a';
const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.now();
const at = (days: number) => NOW + days * DAY;
const iso = (days: number) => new Date(at(days)).toISOString();

/** Owned by Ada, created 100 days ago, with 30 days left and used yesterday, unless stated otherwise. */
const COMPANY: Partial<ApiKeyRecord>[] = [
  { name: 'nightly' },
  { name: 'soon over', expiresAt: at(3), owner: LINUS },
  { name: 'endless', expiresAt: undefined, owner: LINUS },
  { name: 'never used', lastUsedAt: undefined, owner: TEAM },
  { name: 'idle', lastUsedAt: at(-95), owner: TEAM },
  { name: 'new', createdAt: at(-1), lastUsedAt: undefined },
  { name: 'over', expiresAt: at(-1) },
  { name: 'asleep', inactivityTimeout: DAY / 2 },
  { name: 'retiring', overlapEndsAt: at(1), successorId: randomUUID() },
  { name: 'killed', revokedAt: at(-2), revokedReason: 'leaked' },
  { name: 'killed long ago', revokedAt: at(-50), revokedReason: 'admin' },
];

describe.each(databases.eachSupportedId())(
  'the inventory on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    let ada: string;
    let grace: string;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({ knex });
      ada = await portal.signIn('ada');
      grace = await portal.signIn('grace');
    });

    beforeEach(async () => {
      await knex('api_keys').delete();
      await insert(COMPANY);
      portal.policy.current = onlyGraceAdministers;
    });

    async function insert(keys: Partial<ApiKeyRecord>[]) {
      const rows = keys.map(fields => {
        const key = aKey({
          createdAt: at(-100),
          expiresAt: at(30) - 1000,
          lastUsedAt: at(-1),
          ...fields,
        });
        return toRow(
          {
            requestedExpiresAt: key.expiresAt,
            requestedInactivityTimeout: key.inactivityTimeout,
            ...key,
          },
          randomUUID(),
        );
      });
      await knex.batchInsert('api_keys', rows, 100);
    }

    const get = (path: string, token = grace) =>
      portal.call('get', `${ADMIN}/${path}`, token);
    const revoke = (body: Partial<RevokeApiKeysRequest>) =>
      portal
        .call('post', `${ADMIN}/revoke`, grace)
        .send({ reason: 'policy', ...body })
        .expect(200);
    const list = async (query: string): Promise<ApiKeyPage> =>
      (await get(`keys?${query}`).expect(200)).body;
    const namesOf = (keys: ApiKey[]) => keys.map(({ name }) => name);

    it('lists the keys of all owners, also ended ones, and no secret', async () => {
      const { secret } = await portal.createKey('linus');
      const { items, totalItems } = await list('');
      expect(totalItems).toBe(COMPANY.length + 1);
      expect(items[0].owner).toBe(LINUS);
      expect(JSON.stringify(items)).not.toContain(secret);
    });

    it.each<[string, string[]]>([
      [`owner=${LINUS}`, ['endless', 'soon over']],
      ['owner=User:default/Linus', ['endless', 'soon over']],
      ['status=retiring', ['retiring']],
      ['status=inactive&status=expired', ['asleep', 'over']],
      [`status=active&expiresBefore=${iso(7)}`, ['soon over']],
      [`status=active&unusedSince=${iso(-90)}`, ['idle', 'never used']],
      ['neverUsed=true', ['never used', 'new']],
      [`neverUsed=false&owner=${TEAM}`, ['idle']],
      ['withoutExpiry=true', ['endless']],
      [`createdBefore=${iso(-99)}&q=NEVER`, ['never used']],
      ['q=killed', ['killed', 'killed long ago']],
      [`expiresFrom=${iso(2)}&expiresBefore=${iso(4)}`, ['soon over']],
      [`revokedSince=${iso(-7)}`, ['killed']],
      ['q=%25', []],
      ['q=_', []],
    ])('finds keys by %s', async (query, names) => {
      const { items, totalItems } = await list(query);
      expect(namesOf(items).sort()).toEqual(names);
      expect(totalItems).toBe(names.length);
    });

    it('finds keys that were used on a day', async () => {
      const id = randomUUID();
      const day = startOfDay(at(-2));
      await insert([{ id, name: 'busy' }]);
      const usage = { key_id: id, plugin: 'catalog', uses: 3 };
      await knex('api_key_usage').delete();
      await knex('api_key_usage').insert({ ...usage, day });
      const on = (days: number) => `usedOn=${iso(days).slice(0, 10)}`;
      expect(namesOf((await list(on(-2))).items)).toEqual(['busy']);
      expect(namesOf((await list(on(-1))).items)).toEqual([]);
    });

    it('finds keys that their policy shortens, unless they are revoked', async () => {
      await insert([
        { name: 'cut', requestedExpiresAt: at(300) },
        { name: 'wanted no end', requestedExpiresAt: undefined },
        {
          name: 'may not idle',
          inactivityTimeout: 30 * DAY,
          requestedInactivityTimeout: 90 * DAY,
        },
        {
          name: 'cut and gone',
          requestedExpiresAt: at(300),
          revokedAt: at(-1),
          revokedReason: 'admin',
        },
      ]);
      const cut = ['cut', 'may not idle', 'wanted no end'];
      expect(namesOf((await list('cutShort=true')).items).sort()).toEqual(cut);
      const others = namesOf((await list('cutShort=false')).items);
      expect(others).toHaveLength(COMPANY.length + 1);
    });

    it('finds families with a rotated-out secret that is still used', async () => {
      const [old, current, strange] = [
        randomUUID(),
        randomUUID(),
        randomUUID(),
      ];
      await insert([
        {
          id: old,
          name: 'rotated out',
          revokedAt: at(-9),
          revokedReason: 'rotated',
        },
        { id: current, familyId: old, name: 'its successor' },
        { id: strange, name: 'expired and presented', expiresAt: at(-9) },
      ]);
      const event = {
        at: at(-1),
        category: 'SECURITY',
        owner: LINUS,
        details: '{}',
      };
      await knex('api_key_events').insert([
        { ...event, key_id: old, type: 'rotated-key-presented' },
        { ...event, key_id: strange, type: 'refused' },
      ]);
      const since = (days: number) => `rotatedOutSeenSince=${iso(days)}`;
      expect(namesOf((await list(since(-2))).items).sort()).toEqual([
        'its successor',
        'rotated out',
      ]);
      expect(namesOf((await list(`${since(-2)}&status=active`)).items)).toEqual(
        ['its successor'],
      );
      expect((await list(since(-0.5))).items).toEqual([]);
    });

    it('sorts by owner, page by page', async () => {
      const pages: ApiKeyPage[] = [];
      let cursor: string | undefined;
      do {
        const next = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
        pages.push(await list(`orderBy=owner:asc&limit=4${next}`));
        cursor = pages.at(-1)!.pageInfo.nextCursor;
      } while (cursor);
      const owners = pages.flatMap(({ items }) => items.map(key => key.owner));
      expect(owners).toHaveLength(COMPANY.length);
      expect(owners).toEqual([...owners].sort());
      expect(pages.map(({ items }) => items.length)).toEqual([4, 4, 3]);
    });

    it('counts keys', async () => {
      const daily = { plugin: 'catalog', uses: 5 };
      await knex('api_key_daily_uses').delete();
      await knex('api_key_daily_uses').insert([
        { ...daily, day: startOfDay(at(-1)) },
        { ...daily, day: startOfDay(at(-1)), plugin: 'search', uses: 2 },
        { ...daily, day: startOfDay(at(-29)) },
        { ...daily, day: startOfDay(at(-30)) },
      ]);
      const { body } = await get('summary').expect(200);
      expect(body).toEqual({
        totalItems: 11,
        byStatus: {
          active: 6,
          retiring: 1,
          inactive: 1,
          expired: 1,
          revoked: 2,
        },
        expiringIn7Days: 1,
        expiringIn30Days: 6,
        withoutExpiry: 1,
        neverUsed: 2,
        idle90Days: 2,
        revokedIn7Days: 1,
        expiryCalendar: [
          { day: iso(3).slice(0, 10), keys: 1 },
          { day: new Date(at(30) - 1000).toISOString().slice(0, 10), keys: 5 },
        ],
        usesPerDay: [
          { day: iso(-29).slice(0, 10), uses: 5 },
          { day: iso(-1).slice(0, 10), uses: 7 },
        ],
      });
    });

    it('shows, counts and exports only keys that the policy lets an admin see', async () => {
      portal.policy.current = ({ permission }) =>
        permission.name === 'api-keys.key.read'
          ? createApiKeyConditionalDecision(
              permission as Parameters<
                typeof createApiKeyConditionalDecision
              >[0],
              apiKeyConditions.hasOwnerKind({ kinds: ['group'] }),
            )
          : undefined;
      const { items } = await list('');
      expect(namesOf(items).sort()).toEqual(['idle', 'never used']);
      const day = startOfDay(at(-1));
      await knex('api_key_usage').insert([
        { key_id: items[0].id, day, plugin: 'catalog', uses: 2 },
        { key_id: randomUUID(), day, plugin: 'catalog', uses: 9 },
      ]);
      const event = { at: NOW, category: 'AUDIT', type: 'updated' };
      await knex('api_key_events').delete();
      await knex('api_key_events').insert([
        { ...event, key_id: items[0].id, owner: TEAM, details: '{}' },
        { ...event, key_id: randomUUID(), owner: TEAM, details: '{}' },
      ]);
      const trail = (await get('events').expect(200)).body;
      expect(trail).toMatchObject({
        items: [{ keyId: items[0].id }],
        totalItems: 1,
      });
      const events = await get('events.csv').expect(200);
      expect(events.text.trim().split('\r\n')).toHaveLength(2);
      const { body } = await get('summary').expect(200);
      expect(body).toMatchObject({
        totalItems: 2,
        expiryCalendar: [{ keys: 2 }],
        usesPerDay: [{ uses: 2 }],
      });
      const { text } = await get('keys.csv').expect(200);
      expect(text.trim().split('\r\n')).toHaveLength(3);

      portal.policy.current = ({ permission }) =>
        permission.name === 'api-keys.key.read'
          ? { result: AuthorizeResult.DENY }
          : undefined;
      expect((await list('')).totalItems).toBe(0);
      expect((await get('events').expect(200)).body.totalItems).toBe(0);
      const { body: none } = await revoke({ filter: { q: 'idle' } });
      expect(none).toMatchObject({ matched: 0, revoked: 0 });
      const ids = items.map(({ id }) => id);
      expect((await revoke({ ids })).body).toMatchObject({
        matched: 0,
        revoked: 0,
      });
      await portal
        .call('patch', `${ADMIN}/keys/${ids[0]}`, grace)
        .send({ expiresAt: iso(1) })
        .expect(404);
      expect((await get('summary').expect(200)).body.totalItems).toBe(0);
    });

    describe('as CSV', () => {
      it('has a header line and one line for each matching key, oldest first', async () => {
        const { text, headers } = await get(`keys.csv?owner=${LINUS}`).expect(
          200,
        );
        expect(headers['content-disposition']).toContain('api-keys.csv');
        const [heading, ...lines] = text.trim().split('\r\n');
        expect(heading).toMatch(
          /^id,name,description,owner,.*,overlapEndsAt,restrictions,scopes$/,
        );
        expect(lines.map(line => line.split(',')[1]).sort()).toEqual([
          'endless',
          'soon over',
        ]);
      });

      it('contains nothing that a spreadsheet evaluates', async () => {
        const names = ['=1+1', '+1', '-1', '@SUM(A1)', 'a,"b"'];
        await knex('api_keys').delete();
        await insert(names.map(name => ({ name })));
        const { text } = await get('keys.csv').expect(200);
        for (const name of names.slice(0, 4)) {
          expect(text).toContain(`,'${name},`);
        }
        expect(text).toContain(',"a,""b""",');
      });

      it('contains all of many keys', async () => {
        await knex('api_keys').delete();
        await insert(
          Array.from({ length: 2500 }, (_, i) => ({
            name: `key ${i}`,
            createdAt: at(-100) + (i % 7),
          })),
        );
        const { text } = await get('keys.csv').expect(200);
        const names = text
          .trim()
          .split('\r\n')
          .slice(1)
          .map(line => line.split(',')[1]);
        expect(new Set(names).size).toBe(2500);
      });
    });

    it.each(['keys', 'keys.csv', 'summary'])('%s is for admins', async path => {
      await get(path, ada).expect(403);
      const { secret } = await portal.createKey('ada');
      await get(path, secret).expect(403);
      await portal.call('get', `${ADMIN}/${path}`).expect(401);
    });

    it('is what many keys are revoked from', async () => {
      const { body } = await revoke({ filter: { unusedSince: iso(-90) } });
      expect(body).toMatchObject({ matched: 2, revoked: 2 });
      const { items } = await list(`status=revoked&owner=${TEAM}`);
      expect(namesOf(items).sort()).toEqual(['idle', 'never used']);
    });

    it('is revoked from in steps, oldest first, until nothing is left', async () => {
      const step = { filter: { owner: TEAM, q: 'e' }, limit: 1 };
      await insert([{ name: 'elder', owner: TEAM, createdAt: at(-200) }]);
      const counts = { ...step, dryRun: true };
      expect((await revoke(counts)).body).toMatchObject({
        matched: 3,
        revoked: 0,
      });
      const { body } = await revoke(step);
      expect(body).toMatchObject({ matched: 1, revoked: 1 });
      const { items } = await list(`status=revoked&owner=${TEAM}`);
      expect(namesOf(items)).toEqual(['elder']);
      await revoke(step);
      await revoke(step);
      expect((await revoke(step)).body).toMatchObject({
        matched: 0,
        revoked: 0,
      });
    });
  },
);
