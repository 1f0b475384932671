import { readdirSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  API_KEY_ORDERS,
  API_KEY_STATUSES,
  ApiKeyOrder,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import {
  generateSecret,
  parseAddress,
} from 'backstage-plugin-api-keys-node/internal';
import { Knex } from 'knex';
import { whereFilter } from './keyFilter';
import { saveOwnerPresence } from './ownerPresence';
import { openStores } from './stores';
import { isTextOrder, orderOf } from './paging';
import { searchTextOf, sortNameOf } from './searchText';
import { upcomingWarnings } from './upcomingWarnings';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const directory = resolvePackagePath(
  'backstage-plugin-api-keys-backend',
  'migrations',
);

const INIT = '20261122000000_init.js';
const POLICIES = '20261124000000_policies.js';
const INVENTORY = '20261124010000_inventory.js';
const USAGE = '20261124020000_usage.js';
const MANY_KEYS = '20261124030000_many_keys.js';
const EVENTS = '20261124040000_events.js';
const ATTENTION = '20261124050000_attention.js';
const WARNINGS = '20261124060000_warnings.js';
const OFFBOARDING = '20261124070000_offboarding.js';
const RETENTION = '20261124080000_retention.js';
const RESTRICTIONS = '20261124090000_restrictions.js';
const CHANGES = '20261124100000_changes.js';
const PENDING_USES = '20261124110000_pending_uses.js';
const SCOPES = '20261129000000_scopes.js';
const TOKEN_BINDINGS = '20261130000000_token_bindings.js';
const LINEAGE = '20261130010000_lineage.js';
const CANONICAL_REFS = '20261130020000_canonical_refs.js';
const OWNER_IDENTITY = '20261130020100_owner_identity.js';
const OWNERSHIP_CAP = '20261130030000_ownership_cap.js';
const SECRETS = '20261130040000_secrets.js';
const ADDRESSES = '20261201090000_addresses.js';
const SEARCH_TEXT = '20261201100000_search_text.js';
const OFFLINE_SESSIONS = '20261201110000_offline_sessions.js';
const EVENT_SINKS = '20261201120000_event_sinks.js';

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('have one test each', () => {
    expect(readdirSync(directory)).toEqual([
      INIT,
      POLICIES,
      INVENTORY,
      USAGE,
      MANY_KEYS,
      EVENTS,
      ATTENTION,
      WARNINGS,
      OFFBOARDING,
      RETENTION,
      RESTRICTIONS,
      CHANGES,
      PENDING_USES,
      SCOPES,
      TOKEN_BINDINGS,
      LINEAGE,
      CANONICAL_REFS,
      OWNER_IDENTITY,
      OWNERSHIP_CAP,
      SECRETS,
      ADDRESSES,
      SEARCH_TEXT,
      OFFLINE_SESSIONS,
      EVENT_SINKS,
    ]);
  });

  it(`${INIT} stores a key with long texts, and leaves no trace when undone`, async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory, name: INIT });

    const id = '0b0f1c8e-2f0e-4a53-9b58-2f3d3c5b7a10';
    const refOfMaximumLength = `user:${'n'.repeat(63)}/${'u'.repeat(63)}`;
    await knex('api_key_owners').insert({ owner: refOfMaximumLength });
    await knex('api_keys').insert({
      id,
      secret_digest: 'd'.repeat(64),
      hint: 'x7Kq',
      name: '👩'.repeat(50),
      search_text: 'x',
      description: 'ü'.repeat(1000),
      owner: refOfMaximumLength,
      subject: refOfMaximumLength,
      created_by: refOfMaximumLength,
      created_at: Date.UTC(2030, 0, 1),
      expires_at: Date.UTC(9999, 11, 31),
      last_used_ip: 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255',
      last_used_user_agent: 'u'.repeat(255),
      family_id: id,
    });
    const row = await knex('api_keys').where({ id }).first();
    expect(row.name).toBe('👩'.repeat(50));
    expect(Number(row.expires_at)).toBe(Date.UTC(9999, 11, 31));
    expect(Number(row.use_count)).toBe(0);

    await knex.migrate.down({ directory, name: INIT });
    expect(await knex.schema.hasTable('api_keys')).toBe(false);
    expect(await knex.schema.hasTable('api_key_owners')).toBe(false);
  });

  it(`${POLICIES} copies the end of each key to the end that was requested`, async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory, name: INIT });
    const key = (id: string) => ({
      id,
      secret_digest: id,
      hint: 'x7Kq',
      name: 'ci',
      search_text: 'ci',
      owner: 'user:default/ada',
      subject: 'user:default/ada',
      created_by: 'user:default/ada',
      created_at: Date.UTC(2030, 0, 1),
      family_id: id,
    });
    const expiresAt = Date.UTC(2030, 3, 1);
    await knex('api_key_owners').insert({ owner: 'user:default/ada' });
    await knex('api_keys').insert([
      { ...key('ends'), expires_at: expiresAt, inactivity_timeout: 60_000 },
      { ...key('never-ends'), expires_at: null, inactivity_timeout: null },
    ]);

    await knex.migrate.up({ directory, name: POLICIES });
    const rows = await knex('api_keys').orderBy('id');
    expect(rows.map(asked)).toEqual([
      [expiresAt, 60_000],
      [null, null],
    ]);
    expect(await knex('api_key_owners').first()).toEqual({
      owner: 'user:default/ada',
      member_of: '[]',
      bounds: null,
    });

    await knex.migrate.down({ directory, name: POLICIES });
    expect(await knex('api_keys').columnInfo()).not.toHaveProperty(
      'requested_expires_at',
    );
    const [{ expires_at }] = await knex('api_keys').orderBy('id');
    expect(Number(expires_at)).toBe(expiresAt);
  });

  it(`${INVENTORY} lets the database list keys in each order without a scan`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, POLICIES, INVENTORY]) {
      await knex.migrate.up({ directory, name });
    }
    // On a small table, PostgreSQL uses no index unless scans are disabled.
    if (databaseId !== 'SQLITE_3') await knex.raw('set enable_sort = off');
    for (const order of API_KEY_ORDERS.filter(isIndexed)) {
      const { expression, direction } = orderOf(knex, order);
      const query = knex('api_keys')
        .select('id')
        .orderByRaw(`${expression} ${direction}`)
        .orderBy('id', direction)
        .limit(1);
      expect(await explain(knex, query)).not.toMatch(/sort|temp b-tree/i);
    }
    await knex.migrate.down({ directory, name: INVENTORY });
  });

  it(`${USAGE} stores a count per key, day and plugin`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, POLICIES, INVENTORY, USAGE]) {
      await knex.migrate.up({ directory, name });
    }
    const row = {
      key_id: '0b0f1c8e-2f0e-4a53-9b58-2f3d3c5b7a10',
      day: Date.UTC(2030, 0, 1),
      plugin: 'p'.repeat(255),
      uses: Number.MAX_SAFE_INTEGER,
    };
    await knex('api_key_usage').insert(row);
    await expect(knex('api_key_usage').insert(row)).rejects.toThrow();
    await knex.migrate.down({ directory, name: USAGE });
    expect(await knex.schema.hasTable('api_key_usage')).toBe(false);
  });

  it(`${MANY_KEYS} lets the database sort by name, skip ended keys and count without reading the table`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, POLICIES, INVENTORY]) {
      await knex.migrate.up({ directory, name });
    }
    // Enough rows to make an index of all keys larger than a partial one.
    await knex.raw(
      `insert into api_keys (
        id, secret_digest, hint, name, search_text, owner, subject, created_by, created_at, family_id
      )
      with recursive numbers (i) as (
        select 1 union all select i + 1 from numbers where i < 500
      )
      select i, i, 'x7Kq', 'ci', 'ci', 'ada', 'ada', 'ada', i, i from numbers`,
    );
    await knex.migrate.up({ directory, name: MANY_KEYS });
    const isSqlite = databaseId === 'SQLITE_3';
    if (!isSqlite) {
      // Without a vacuum no index-only scan is possible, and on a small table PostgreSQL uses no index unless scans are
      // disabled.
      await knex.raw('vacuum api_keys');
      await knex.raw('set enable_seqscan = off');
    }
    const keysIn = (...statuses: ApiKeyStatus[]) =>
      knex('api_keys').modify(query => whereFilter(query, { statuses }, 0));
    const longestUnused = keysIn('active')
      .orderByRaw(orderOf(knex, 'lastUsedAt:asc').expression)
      .orderBy('id');
    const queries = {
      'using .*api_keys_name_idx': knex('api_keys').orderByRaw('lower(name)'),
      'using .*api_keys_last_used_at_asc_idx': longestUnused,
      ...(!isSqlite && {
        'last_used_at_asc_idx.*Index Cond[^"]*revoked_at': longestUnused,
        api_keys_overlap_idx: keysIn('retiring').orderBy('overlap_ends_at'),
        'Index Only Scan using api_keys_inactivity_idx':
          keysIn('inactive').count(),
        'Index Only Scan using api_keys_created_at_idx': keysIn(
          ...API_KEY_STATUSES,
        ).count(),
      }),
    };
    for (const [plan, query] of Object.entries(queries)) {
      expect(await explain(knex, query)).toMatch(new RegExp(plan, 'i'));
    }

    await knex.migrate.down({ directory, name: MANY_KEYS });
    expect(await explain(knex, longestUnused)).not.toMatch(/Cond/);
    await knex.migrate.down({ directory, name: INVENTORY });
  });

  it(`${EVENTS} lets the database find rare events without a scan`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, EVENTS]) {
      await knex.migrate.up({ directory, name });
    }
    // On a small table, PostgreSQL uses no index unless scans are disabled.
    if (databaseId !== 'SQLITE_3') await knex.raw('set enable_seqscan = off');
    const events = () => knex('api_key_events').limit(1);
    const plans = {
      at: await explain(knex, events().where('at', '>', 0)),
      category: await explain(knex, latest(events(), { category: 'ERROR' })),
      type: await explain(knex, latest(events(), { type: 'refused' })),
      actor: await explain(knex, latest(events(), { actor: 'user:default/a' })),
    };
    for (const [column, plan] of Object.entries(plans)) {
      expect(plan).toMatch(`api_key_events_${column}_idx`);
    }
    await knex.migrate.down({ directory, name: EVENTS });
    expect(await explain(knex, events().where('at', '>', 0))).not.toMatch(
      'api_key_events_at_idx',
    );
  });

  it(`${ATTENTION} sums up uses of keys, and finds keys with a shortened life by an index`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, POLICIES, INVENTORY, USAGE, EVENTS]) {
      await knex.migrate.up({ directory, name });
    }
    const [day, nextDay] = [Date.UTC(2030, 0, 1), Date.UTC(2030, 0, 2)];
    await knex('api_key_usage').insert([
      { key_id: 'a', day, plugin: 'catalog', uses: 2 },
      { key_id: 'b', day, plugin: 'catalog', uses: 3 },
      { key_id: 'b', day, plugin: 'search', uses: 4 },
      { key_id: 'b', day: nextDay, plugin: 'catalog', uses: 5 },
    ]);
    await knex('api_key_owners').insert({ owner: 'user:default/ada' });

    await knex.migrate.up({ directory, name: ATTENTION });
    const rows = await knex('api_key_daily_uses').orderBy(['day', 'plugin']);
    expect(
      rows.map(row => [Number(row.day), row.plugin, Number(row.uses)]),
    ).toEqual([
      [day, 'catalog', 5],
      [day, 'search', 4],
      [nextDay, 'catalog', 5],
    ]);
    expect((await knex('api_key_owners').first()).missing_since).toBeNull();
    // On a small table, PostgreSQL uses no index unless scans are disabled.
    if (databaseId !== 'SQLITE_3') await knex.raw('set enable_seqscan = off');
    const cutShort = knex('api_keys')
      .modify(query => whereFilter(query, { cutShort: true }, 0))
      .orderBy(['created_at', 'id']);
    expect(await explain(knex, cutShort)).toMatch('api_keys_cut_short_idx');

    await knex.migrate.down({ directory, name: ATTENTION });
    expect(await knex.schema.hasTable('api_key_daily_uses')).toBe(false);
    expect(await knex('api_key_owners').columnInfo()).not.toHaveProperty(
      'missing_since',
    );
  });

  it(`${WARNINGS} finds the keys that end next by indexes, and leaves ended ones unchanged`, async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory, name: INIT });
    const [made, end] = [Date.UTC(2030, 0, 1), Date.UTC(2030, 3, 1)];
    await knex('api_keys').insert({
      id: '0b0f1c8e-2f0e-4a53-9b58-2f3d3c5b7a10',
      secret_digest: 'd',
      hint: 'x7Kq',
      name: 'ci',
      search_text: 'ci',
      owner: 'user:default/ada',
      subject: 'user:default/ada',
      created_by: 'user:default/ada',
      created_at: made,
      expires_at: end,
      inactivity_timeout: end - made - 2,
      family_id: '0b0f1c8e-2f0e-4a53-9b58-2f3d3c5b7a10',
    });
    const before = await knex('api_keys');

    await knex.migrate.up({ directory, name: WARNINGS });
    expect(await knex('api_keys')).toEqual(before);
    // On a small table, PostgreSQL uses no index unless scans are disabled.
    if (databaseId !== 'SQLITE_3') await knex.raw('set enable_seqscan = off');
    const due = upcomingWarnings(knex, {
      plan: { expiry: [1], inactivity: [1], expired: [0] },
      scope: { owners: 'everybody' },
      now: end - 3,
      until: end - 3,
    }).select('*');
    const found = await due.clone();
    expect(found).toMatchObject([{ kind: 'inactivity' }]);
    const plan = await explain(knex, due);
    expect(plan).toMatch('api_keys_expiring_idx');
    expect(plan).toMatch('api_keys_unused_idx');

    await knex.migrate.down({ directory, name: WARNINGS });
    expect(await knex.schema.hasTable('api_key_warnings')).toBe(false);
    expect(await knex('api_keys')).toEqual(before);
  });

  it(`${OFFBOARDING} keeps missing owners missing, with the time since when`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, POLICIES, INVENTORY, USAGE, EVENTS, ATTENTION]) {
      await knex.migrate.up({ directory, name });
    }
    const since = Date.UTC(2030, 0, 1);
    await knex('api_key_owners').insert([
      { owner: 'user:default/ada', missing_since: null },
      { owner: 'user:default/linus', missing_since: since },
    ]);

    await knex.migrate.up({ directory, name: OFFBOARDING });
    const look = { kind: 'user', returned: [], vanished: [], believed: true };
    await knex.transaction(tx => saveOwnerPresence(tx, look, since + 1));
    expect(
      (await knex('api_key_catalog_looks')).map(({ kind }) => kind),
    ).toEqual(['user']);
    const missing = await knex('api_key_owners').whereNotNull('missing_since');
    expect(missing.map(row => [row.owner, Number(row.missing_since)])).toEqual([
      ['user:default/linus', since],
    ]);

    await knex.migrate.down({ directory, name: OFFBOARDING });
    expect(await knex.schema.hasTable('api_key_catalog_looks')).toBe(false);
  });

  it(`${RETENTION} finds keys that were revoked long ago by an index`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, RETENTION]) {
      await knex.migrate.up({ directory, name });
    }
    const key = { id: 'old', secret_digest: 'd', hint: 'x7Kq', name: 'ci' };
    await knex('api_keys').insert({
      ...key,
      search_text: 'ci',
      owner: 'user:default/ada',
      subject: 'user:default/ada',
      created_by: 'user:default/ada',
      created_at: Date.UTC(2030, 0, 1),
      revoked_at: Date.UTC(2030, 0, 2),
      family_id: 'old',
    });
    if (databaseId !== 'SQLITE_3') await knex.raw('set enable_seqscan = off');

    const old = knex('api_keys').where(
      'revoked_at',
      '<=',
      Date.UTC(2031, 0, 1),
    );
    expect(await explain(knex, old)).toMatch('api_keys_revoked_at_idx');
    await knex.migrate.down({ directory, name: RETENTION });
    expect(await explain(knex, old)).not.toMatch('api_keys_revoked_at_idx');
    expect(await old).toMatchObject([key]);
  });

  it(`${RESTRICTIONS} adds no restriction to a key, and finds the few restricted or unrestricted ones`, async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory, name: INIT });
    const rows = ['bound', 'free'].map((id, index) => ({
      ...{ id, secret_digest: id, name: id, search_text: id, family_id: id },
      ...{ owner: 'user:default/ada', subject: 'user:default/ada' },
      ...{ created_by: 'user:default/ada', created_at: index, hint: 'k' },
      access_restrictions: id === 'bound' ? '[{"plugin":"catalog"}]' : null,
    }));
    await knex('api_key_owners').insert({ owner: 'user:default/ada' });
    await knex('api_keys').insert(rows);
    const before = await knex('api_keys').orderBy('id');

    await knex.migrate.up({ directory, name: RESTRICTIONS });
    expect(await knex('api_keys').orderBy('id')).toEqual(
      before.map(row => ({ ...row, forbidden_plugins: null })),
    );
    if (databaseId !== 'SQLITE_3') await knex.raw('set enable_seqscan = off');
    for (const [unrestricted, id, index] of [
      [true, 'free', 'api_keys_unrestricted_idx'],
      [false, 'bound', 'api_keys_restricted_idx'],
    ] as const) {
      const found = knex('api_keys')
        .select('id')
        .modify(query => whereFilter(query, { unrestricted }, 0))
        .orderBy('created_at')
        .orderBy('id');
      expect(await found.clone()).toEqual([{ id }]);
      expect(await explain(knex, found)).toMatch(index);
    }

    await knex.migrate.down({ directory, name: RESTRICTIONS });
    expect(await knex('api_keys').orderBy('id')).toEqual(before);
  });

  it(`${CHANGES} reports no earlier change of an owner`, async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory, name: INIT });
    await knex.migrate.up({ directory, name: POLICIES });
    await knex('api_key_owners').insert([
      { owner: 'user:default/ada' },
      { owner: 'group:default/team-a' },
    ]);
    const before = await knex('api_key_owners').orderBy('owner');

    await knex.migrate.up({ directory, name: CHANGES });
    expect(await knex('api_key_owners').orderBy('owner')).toEqual(
      before.map(row => ({ ...row, changed_in: null })),
    );
    await knex.migrate.down({ directory, name: CHANGES });
    expect(await knex('api_key_owners').orderBy('owner')).toEqual(before);
  });

  it(`${PENDING_USES} stores the longest uses, and leaves those of keys unchanged`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, USAGE])
      await knex.migrate.up({ directory, name });
    const key = { id: 'ci', secret_digest: 'd', hint: 'x7Kq', name: 'ci' };
    await knex('api_keys').insert({
      ...key,
      ...{ search_text: 'ci', owner: 'user:default/ada', family_id: 'ci' },
      ...{ subject: 'user:default/ada', created_by: 'user:default/ada' },
      ...{ created_at: 1, last_used_at: 2, use_count: 3 },
    });
    const uses = { key_id: 'ci', day: 0, plugin: 'catalog', uses: 3 };
    await knex('api_key_usage').insert(uses);
    const before = [await knex('api_keys'), await knex('api_key_usage')];

    await knex.migrate.up({ directory, name: PENDING_USES });
    const pending = {
      key_id: 'k'.repeat(36),
      flush_id: 'f'.repeat(36),
      last_used_ip: '1'.repeat(45),
      last_used_user_agent: 'u'.repeat(255),
      daily: '[]',
    };
    await knex('api_key_pending_uses').insert({
      ...pending,
      last_used_at: Number.MAX_SAFE_INTEGER,
      uses: Number.MAX_SAFE_INTEGER,
    });
    expect(await knex('api_key_pending_uses')).toMatchObject([pending]);
    expect([await knex('api_keys'), await knex('api_key_usage')]).toEqual(
      before,
    );

    await knex.migrate.down({ directory, name: PENDING_USES });
    expect(await knex.schema.hasTable('api_key_pending_uses')).toBe(false);
    expect([await knex('api_keys'), await knex('api_key_usage')]).toEqual(
      before,
    );
  });

  it(`${SCOPES} adds no scope to a key, and finds the few that have one`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, RESTRICTIONS])
      await knex.migrate.up({ directory, name });
    await knex('api_key_owners').insert({ owner: 'user:default/ada' });
    await knex('api_keys').insert(
      ['none', 'some', 'others'].map((id, index) => ({
        ...{ id, secret_digest: id, name: id, search_text: id, family_id: id },
        ...{ owner: 'user:default/ada', subject: 'user:default/ada' },
        ...{ created_by: 'user:default/ada', created_at: index, hint: 'k' },
      })),
    );
    const before = await knex('api_keys').orderBy('id');

    await knex.migrate.up({ directory, name: SCOPES });
    expect(await knex('api_keys').orderBy('id')).toEqual(
      before.map(row => ({ ...row, scopes: null })),
    );
    const carry = (id: string, scopes: string[]) =>
      knex('api_keys')
        .where({ id })
        .update({ scopes: JSON.stringify(scopes) });
    await carry('some', [
      'reports:read',
      "it's:%50_off",
      'api:default/petstore',
    ]);
    await carry('others', ['reports:read:all', 'Reports:read']);
    if (databaseId !== 'SQLITE_3') await knex.raw('set enable_seqscan = off');
    for (const scope of ['reports:read', "it's:%50_off"]) {
      const found = knex('api_keys')
        .select('id')
        .modify(query => whereFilter(query, { scope }, 0));
      expect(await found.clone()).toEqual([{ id: 'some' }]);
      expect(await explain(knex, found)).toMatch('api_keys_scopes_idx');
    }

    await knex.migrate.down({ directory, name: SCOPES });
    expect(await knex('api_keys').orderBy('id')).toEqual(before);
  });

  it(`${TOKEN_BINDINGS} binds a token to one key, and leaves keys unchanged`, async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory });
    const bind = (key_id: string) =>
      knex('api_key_token_bindings').insert({
        ...{ token_id: 't'.repeat(43), key_id },
        ...{ subject: 'user:default/ada', ownership: '[]', expires_at: 1 },
      });
    await bind('a');
    await expect(bind('b')).rejects.toThrow();

    await knex.migrate.down({ directory, name: TOKEN_BINDINGS });
    expect(await knex.schema.hasTable('api_key_token_bindings')).toBe(false);
    expect(await knex.schema.hasTable('api_keys')).toBe(true);
  });

  it(`${SECRETS} removes complete and truncated secrets from all texts, and leaves the rest unchanged`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, PENDING_USES]) {
      await knex.migrate.up({ directory, name });
    }
    const [secret, old] = [generateSecret('bsk'), generateSecret('acme2')];
    const mistyped = `${secret.slice(0, -1)}${
      secret.endsWith('x') ? 'y' : 'x'
    }`;
    const cutOff = `${'u'.repeat(209)} ${secret.slice(0, 45)}`;
    const ada = 'user:default/ada';
    const key = (id: string, texts: Record<string, string | null>) => ({
      ...{ id, secret_digest: id, name: id, search_text: id, family_id: id },
      ...{
        owner: ada,
        subject: ada,
        created_by: ada,
        created_at: 1,
        hint: 'Kx',
      },
      ...texts,
    });
    const event = (details: object) => ({
      ...{ at: 1, category: 'AUDIT', type: 'created', key_id: 'k', owner: ada },
      details: JSON.stringify(details),
    });
    // More than one batch.
    const clean = Array.from({ length: 2500 }, (_, i) => i);
    await knex.batchInsert(
      'api_keys',
      [
        key('both', {
          name: `CI ${secret}`,
          description: `first ${old},\nthen ${secret}x`,
          search_text:
            `ci ${secret}\nfirst ${old},\nthen ${secret}x\nKx`.toLowerCase(),
          last_used_user_agent: `curl ${secret.replace('_', '%5F')}`,
        }),
        key('cut', { last_used_user_agent: cutOff }),
        key('mistyped', { name: mistyped, description: null }),
        ...clean.map(i => key(`clean-${i}`, { name: `ci_${'a'.repeat(49)}` })),
      ],
      50,
    );
    await knex.batchInsert(
      'api_key_events',
      [
        ...clean.map(i => event({ name: `ci_${i}_${'0'.repeat(49)}` })),
        event({ name: `\n${secret}`, list: [{ [old]: 1 }] }),
        event({ userAgent: cutOff }),
      ],
      50,
    );
    const pending = { flush_id: 'f', last_used_at: 1, uses: 1, daily: '[]' };
    await knex('api_key_pending_uses').insert([
      { ...pending, key_id: 'a', last_used_user_agent: secret },
      { ...pending, key_id: 'b', last_used_user_agent: null },
    ]);
    const read = async () => ({
      keys: await knex('api_keys').orderBy('id'),
      events: await knex('api_key_events').orderBy('id'),
      uses: await knex('api_key_pending_uses').orderBy('key_id'),
    });
    const before = await read();

    await knex.migrate.up({ directory, name: SECRETS });
    const after = await read();
    const cutUserAgent = `${'u'.repeat(209)} bsk_[redacted]`;
    const changed = (id: string, texts: Record<string, string>) => ({
      ...before.keys.find(row => row.id === id),
      ...texts,
    });
    expect(after.keys.filter(({ id }) => !id.startsWith('clean'))).toEqual([
      changed('both', {
        name: 'CI bsk_[redacted]',
        description: 'first acme2_[redacted],\nthen bsk_[redacted]x',
        search_text:
          'ci bsk_[redacted]\nfirst acme2_[redacted],\nthen bsk_[redacted]x\nkx',
        last_used_user_agent: 'curl bsk%5F[redacted]',
      }),
      changed('cut', {
        last_used_user_agent: cutUserAgent,
        search_text: 'cut\n\nkx',
      }),
      changed('mistyped', {}),
    ]);
    const isClean = ({ id }: { id: string }) => id.startsWith('clean');
    expect(after.keys.filter(isClean)).toEqual(before.keys.filter(isClean));
    expect(after.events.slice(0, -2)).toEqual(before.events.slice(0, -2));
    expect(
      after.events.slice(-2).map(({ details }) => JSON.parse(details)),
    ).toEqual([
      { name: '\nbsk_[redacted]', list: [{ 'acme2_[redacted]': 1 }] },
      { userAgent: cutUserAgent },
    ]);
    expect(after.uses.map(row => row.last_used_user_agent)).toEqual([
      'bsk_[redacted]',
      null,
    ]);

    await knex.migrate.down({ directory, name: SECRETS });
    expect(await read()).toEqual(after);
  });

  it(`${ADDRESSES} keeps the readable part of each address, and leaves everything else unchanged`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, PENDING_USES]) {
      await knex.migrate.up({ directory, name });
    }
    const written = [
      '203.0.113.7',
      '203.0.113.7:4711',
      '::ffff:203.0.113.7',
      '::ffff:CB00:7107',
      '::ffff:0:0',
      '2001:db8::1',
      '2001:DB8:0:0:0:0:0:1',
      '1:0:0:2:0:0:0:3',
      '2001:db8:0:1:1:1:1:1',
      '[2001:db8::1]:4711',
      'for="[2001:db8::1]:_port"',
      'fe80::1%eth0',
      '::1.2.3.4',
      ' 203.0.113.7 ',
      'unknown',
      '_hidden',
      '203.0.113.007',
      // Truncated at the length of the column.
      'for="[2001:db8:1111:2222:3333:4444:5555:6666]',
      '',
    ];
    const ada = 'user:default/ada';
    const key = (id: string, last_used_ip: string | null) => ({
      ...{ id, secret_digest: id, name: id, search_text: id, family_id: id },
      ...{ owner: ada, subject: ada, created_by: ada, created_at: 1 },
      ...{ hint: 'x', last_used_at: 2, last_used_ip },
    });
    const use = (key_id: string, last_used_ip: string | null) => ({
      ...{ key_id, flush_id: 'f', last_used_at: 1, uses: 1, daily: '[]' },
      last_used_ip,
    });
    const event = (details: object) => ({
      ...{ at: 1, category: 'SECURITY', type: 'refused', key_id: 'k' },
      ...{ owner: ada, details: JSON.stringify(details) },
    });
    // More than one batch.
    const many = Array.from({ length: 2500 }, (_, i) => `10.0.0.7:${i}`);
    const ips = [...written, ...many, null];
    const keys = ips.map((ip, i) => key(`k${i}`, ip));
    await knex.batchInsert('api_keys', keys, 50);
    const uses = ips.map((ip, i) => use(`k${i}`, ip));
    await knex.batchInsert('api_key_pending_uses', uses, 50);
    const details = [
      ...ips.map(ip => ({ reason: 'ip', ...(ip !== null && { ip }), n: 1 })),
      { name: 'a key named "ip":', count: 1 },
    ];
    await knex.batchInsert('api_key_events', details.map(event), 50);
    const read = async () => ({
      keys: await knex('api_keys').orderBy('id'),
      uses: await knex('api_key_pending_uses').orderBy('key_id'),
      events: await knex('api_key_events').orderBy('id'),
    });
    const before = await read();

    await knex.migrate.up({ directory, name: ADDRESSES });
    const after = await read();

    const parsed = (row: { last_used_ip: string | null }) => ({
      ...row,
      last_used_ip: parseAddress(row.last_used_ip ?? undefined) ?? null,
    });
    expect(after.keys).toEqual(before.keys.map(parsed));
    expect(after.uses).toEqual(before.uses.map(parsed));
    expect(after.events.map(row => JSON.parse(row.details))).toEqual(
      details.map(one => {
        if (!('ip' in one) || one.ip === undefined) return one;
        const { ip, ...rest } = one;
        const address = parseAddress(ip);
        return { ...rest, ...(address !== undefined && { ip: address }) };
      }),
    );
    const { last_used_ip: address } = await knex('api_keys')
      .where({ id: 'k1' })
      .first();
    expect(address).toBe('203.0.113.7');

    await knex.migrate.down({ directory, name: ADDRESSES });
    expect(await read()).toEqual(after);
  });

  it(`${LINEAGE} derives who rotated the keys of groups, and nothing else, and keeps a chosen lifetime apart from the requested end`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of [INIT, POLICIES]) {
      await knex.migrate.up({ directory, name });
    }
    const [ada, team] = ['user:default/ada', 'group:default/team-a'];
    const key = (id: string, owner: string, createdBy: string) => ({
      ...{ id, secret_digest: id, name: id, search_text: id, hint: 'x7Kq' },
      ...{ owner, subject: owner, created_by: createdBy, created_at: 1 },
      ...{ family_id: 'root', requested_expires_at: 5 },
      predecessor_id: id === 'root' ? null : 'root',
    });
    const made = (id: string, owner: string, actor: string) => ({
      ...{ at: 1, category: 'AUDIT', type: 'created', details: '{}' },
      ...{ key_id: id, owner, actor },
    });
    await knex('api_key_owners').insert([{ owner: ada }, { owner: team }]);
    await knex('api_keys').insert([
      key('root', team, ada),
      key('by-group', team, team),
      key('by-member', team, ada),
      key('by-user-or-key', ada, ada),
      // Spelling of newer releases of Backstage, and that of older ones.
      key('by-user-or-key-in-another-case', 'User:default/Ada', ada),
      key('given-to-group', team, ada),
      key('events-are-gone', team, ada),
    ]);
    await knex('api_key_events').insert([
      made('root', team, ada),
      made('by-group', team, team),
      made('by-member', team, ada),
      made('by-user-or-key', ada, ada),
      made('by-user-or-key-in-another-case', 'User:default/Ada', ada),
      made('given-to-group', ada, ada),
    ]);
    const before = await knex('api_keys').orderBy('id');

    await knex.migrate.up({ directory, name: LINEAGE });
    const rows = await knex('api_keys').orderBy('id');
    expect(
      Object.fromEntries(rows.map(row => [row.id, row.rotated_by])),
    ).toEqual({
      root: null,
      'by-group': 'key',
      'by-member': 'owner',
      'by-user-or-key': null,
      'by-user-or-key-in-another-case': null,
      'given-to-group': null,
      'events-are-gone': null,
    });
    expect(rows.map(row => row.chosen_lifetime)).toEqual(rows.map(() => null));
    await knex('api_keys')
      .where({ id: 'root' })
      .update({ chosen_lifetime: Number.MAX_SAFE_INTEGER });

    await knex.migrate.down({ directory, name: LINEAGE });
    expect(await knex('api_keys').orderBy('id')).toEqual(before);
  });

  it(`${OWNERSHIP_CAP} caps no existing key, and stores caps of any length`, async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.up({ directory, name: INIT });
    await knex('api_key_owners').insert({ owner: 'user:default/ada' });
    await knex('api_keys').insert({
      search_text: 'ci',
      ...{ id: 'k', secret_digest: 'd', name: 'ci', family_id: 'k' },
      ...{ owner: 'user:default/ada', subject: 'user:default/ada' },
      ...{ created_by: 'user:default/ada', created_at: 1, hint: 'x7Kq' },
    });
    const before = await knex('api_keys');

    await knex.migrate.up({ directory, name: OWNERSHIP_CAP });
    expect(await knex('api_keys')).toEqual(
      before.map(row => ({ ...row, ownership_cap: null })),
    );
    const cap = JSON.stringify(
      Array.from({ length: 2000 }, (_, i) => `group:default/team-${i}`),
    );
    await knex('api_keys').update({ ownership_cap: cap });
    expect((await knex('api_keys').first()).ownership_cap).toBe(cap);

    await knex.migrate.down({ directory, name: OWNERSHIP_CAP });
    expect(await knex('api_keys')).toEqual(before);
  });

  it(`${CANONICAL_REFS} writes every entity ref in its canonical form, and merges the spellings of an owner`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of readdirSync(directory)) {
      if (name < CANONICAL_REFS) await knex.migrate.up({ directory, name });
    }
    const [ada, Ada] = ['user:default/ada', 'User:default/Ada'];
    const [team, Team] = ['group:default/team-a', 'Group:Default/Team-A'];
    const umlaut = 'User:Default/ÄDA';
    await knex('api_key_owners').insert([
      { owner: ada, member_of: `["${team}"]`, bounds: '{}', missing_since: 1 },
      { owner: Ada, member_of: `["${Team}","Group:default/b"]`, bounds: '{}' },
      { owner: Team, member_of: '[]' },
      { owner: umlaut, member_of: '[]' },
      {
        ...{ owner: 'user:default/linus', member_of: '[]' },
        bounds: '{"kept":true}',
      },
    ]);
    await knex('api_keys').insert(
      [ada, Ada, Team, umlaut, 'user:default/linus'].map((owner, i) => {
        const id = `key-${i}`;
        return {
          ...{ id, secret_digest: id, name: id, search_text: id },
          ...{ family_id: id, created_at: i, hint: 'k' },
          ...{ owner, subject: owner, created_by: Ada },
          revoked_by: i === 0 ? 'User:default/GRACE' : null,
        };
      }),
    );
    const event = { at: 1, category: 'AUDIT', key_id: 'key-0' };
    await knex('api_key_events').insert([
      { ...event, type: 'created', owner: Ada, actor: Ada, details: '{}' },
      {
        ...{ ...event, type: 'transferred', owner: Team, actor: null },
        details: JSON.stringify({ from: Ada, to: Team, note: 'User:a/B' }),
      },
      { ...event, type: 'x', owner: ada, actor: 'plugin:X', details: '{}' },
    ]);
    const set = { updated_at: 1, updated_by: Ada };
    await knex('api_key_policies').insert([
      { ...set, owner: ada, override: '{"in":"force"}' },
      { ...set, owner: Ada, override: '{}' },
      { ...set, owner: Team, override: '{}' },
    ]);
    await knex('api_key_warnings').insert({
      ...{ key_id: 'key-0', kind: 'expiry', ends_at: 1, threshold: 1 },
      ...{ owner: Ada, claim_id: 'c', claimed_at: 1 },
    });

    await knex.migrate.up({ directory, name: CANONICAL_REFS });

    const owners = await knex('api_key_owners').orderBy('owner');
    expect(
      owners.map(row => [row.owner, row.member_of, row.bounds]).sort(),
    ).toEqual([
      [team, '[]', null],
      [ada, '["group:default/b","group:default/team-a"]', null],
      ['user:default/linus', '[]', '{"kept":true}'],
      ['user:default/äda', '[]', null],
    ]);
    expect(owners.map(row => row.missing_since)).not.toContain('1');
    const keys = await knex('api_keys').orderBy('id');
    const owned = [ada, ada, team, 'user:default/äda', 'user:default/linus'];
    expect(keys.map(row => row.owner)).toEqual(owned);
    expect(keys.map(row => row.subject)).toEqual(owned);
    expect(new Set(keys.map(row => row.created_by))).toEqual(new Set([ada]));
    expect(keys[0].revoked_by).toBe('user:default/grace');
    const events = await knex('api_key_events').orderBy('id');
    expect(events.map(row => [row.owner, row.actor])).toEqual([
      [ada, ada],
      [team, null],
      [ada, 'plugin:X'],
    ]);
    expect(JSON.parse(events[1].details)).toEqual({
      ...{ from: ada, to: team },
      note: 'User:a/B',
    });
    const policies = await knex('api_key_policies').orderBy('owner');
    expect(
      policies.map(row => [row.owner, row.override, row.updated_by]),
    ).toEqual([
      [team, '{}', ada],
      [ada, '{"in":"force"}', ada],
    ]);
    expect(await knex('api_key_warnings').pluck('owner')).toEqual([ada]);

    await knex.migrate.down({ directory, name: CANONICAL_REFS });
    expect(await knex('api_keys').pluck('owner')).toContain(ada);
  });

  it(`${OWNER_IDENTITY} knows the identity of no owner, leaves keys unchanged, and finds unconfirmed owners by an index`, async () => {
    const knex = await databases.init(databaseId);
    for (const name of readdirSync(directory)) {
      if (name < OWNER_IDENTITY) await knex.migrate.up({ directory, name });
    }
    const since = Date.UTC(2030, 0, 1);
    await knex('api_key_owners').insert([
      { owner: 'user:default/ada', member_of: '[]' },
      { owner: 'user:default/gone', member_of: '[]', missing_since: since },
    ]);
    await knex('api_keys').insert({
      ...{ id: 'a', secret_digest: 'a', name: 'a', search_text: 'a' },
      ...{ family_id: 'a', created_at: 1, hint: 'k', created_by: 'x' },
      ...{ owner: 'user:default/ada', subject: 'user:default/ada' },
    });
    await knex('api_key_catalog_looks').insert({
      kind: 'user',
      believed_at: 1,
    });
    const tables = ['api_keys', 'api_key_owners', 'api_key_catalog_looks'];
    const all = () => Promise.all(tables.map(table => knex(table)));
    const before = await all();

    await knex.migrate.up({ directory, name: OWNER_IDENTITY });
    const owners = await knex('api_key_owners').orderBy('owner');
    expect(
      owners.map(row => [
        ...[row.identity, row.unconfirmed_since],
        row.absent_since === null ? null : Number(row.absent_since),
      ]),
    ).toEqual([
      [null, null, null],
      [null, null, since],
    ]);
    expect(await knex('api_keys').first()).toMatchObject({
      ...{ id: 'a', owner_replaced_at: null },
    });
    if (databaseId !== 'SQLITE_3') await knex.raw('set enable_seqscan = off');
    const unconfirmed = knex('api_keys')
      .select('id')
      .modify(query => whereFilter(query, { ownerUnconfirmed: true }, 0));
    expect(await unconfirmed.clone()).toEqual([]);
    expect(await explain(knex, unconfirmed)).toMatch(
      'api_key_owners_unconfirmed_idx',
    );

    await knex.migrate.down({ directory, name: OWNER_IDENTITY });
    expect(await all()).toEqual(before);
  });

  it(`${OFFLINE_SESSIONS} requests the end of no session, and finds requests quickly`, async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory });
    await knex.migrate.down({ directory, name: OFFLINE_SESSIONS });
    await knex('api_key_owners').insert({ owner: 'user:default/ada' });
    const before = await knex('api_key_owners');

    await knex.migrate.up({ directory, name: OFFLINE_SESSIONS });
    if (databaseId !== 'SQLITE_3') await knex.raw('set enable_seqscan = off');
    const query = knex('api_key_owners')
      .select('owner')
      .whereNotNull('session_end_requested_at')
      .orderBy('owner');
    expect(await query.clone()).toEqual([]);
    expect(await explain(knex, query)).toMatch(
      'api_key_owners_session_end_idx',
    );

    await knex.migrate.down({ directory, name: OFFLINE_SESSIONS });
    expect(await knex('api_key_owners')).toEqual(before);
  });

  it(`${EVENT_SINKS} sends no earlier event, and finds pending ones quickly`, async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory });
    await knex.migrate.down({ directory, name: EVENT_SINKS });
    const event = (type: string) => ({
      at: 1,
      category: 'AUDIT',
      type,
      key_id: 'key',
      owner: 'user:default/ada',
      details: '{}',
    });
    await knex('api_key_events').insert([event('created'), event('revoked')]);
    const before = await knex('api_key_events').orderBy('id');

    await knex.migrate.up({ directory, name: EVENT_SINKS });
    const { outbox } = await openStores({
      database: {
        getClient: async () => knex,
        migrations: { skip: true },
      },
    });
    await outbox.addSinks(['test']);
    // A replica of the previous version, which sends it itself.
    await knex('api_key_events').insert(event('updated'));
    await knex('api_key_events').insert({
      ...event('rotated'),
      outbox_position: 0,
    });
    await outbox.placeEvents();
    const { events } = await outbox.readEvents(0, { limit: 9 });
    expect(events).toMatchObject([{ position: 1, event: { type: 'rotated' } }]);
    if (databaseId !== 'SQLITE_3') await knex.raw('set enable_seqscan = off');
    for (const query of [
      knex('api_key_events').where('outbox_position', 0),
      knex('api_key_events')
        .where('outbox_position', '>', 1)
        .orderBy('outbox_position'),
      knex('api_key_events')
        .where('outbox_position', '>', 0)
        .max('outbox_position'),
    ]) {
      expect(await explain(knex, query)).toMatch('api_key_events_outbox_idx');
    }

    await knex('api_key_events')
      .whereNotIn('type', ['created', 'revoked'])
      .delete();
    await knex.migrate.down({ directory, name: EVENT_SINKS });
    expect(await knex('api_key_events').orderBy('id')).toEqual(before);
  });

  it(`${SEARCH_TEXT} searches and sorts keys alike on every database`, async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory });
    await knex.migrate.down({ directory, name: SEARCH_TEXT });
    const key = (id: string, name: string, description: string | null) => ({
      ...{ id, secret_digest: id, family_id: id, name, description },
      ...{ owner: 'user:default/ada', subject: 'user:default/ada' },
      ...{ created_by: 'user:default/ada', created_at: 1, hint: 'x7Kq' },
      search_text: `${name}\n${description ?? ''}\nx7Kq`.toLowerCase(),
    });
    const longest = '\ufdfa'.repeat(100);
    const rows = [
      key('a', 'Zoo', 'STRASSE'),
      key('b', 'Öl', 'Größe'),
      key('c', 'O\u0308l_2', null),
      key('d', 'İ', null),
      key('e', longest, null),
      // More than one batch.
      ...Array.from({ length: 1100 }, (_, i) => key(`f${i}`, 'Öfen', null)),
    ];
    await knex.batchInsert('api_keys', rows, 50);
    const read = () => knex('api_keys').orderBy('id');
    const before = await read();

    await knex.migrate.up({ directory, name: SEARCH_TEXT });
    const found = async (text: string) => {
      const query = knex('api_keys').orderBy('id');
      whereFilter(query, { text }, 0);
      return (await query.pluck('id')).filter(id => !id.startsWith('f'));
    };
    expect(await found('straße')).toEqual(['a']);
    expect(await found('GRÖSSE')).toEqual(['b']);
    expect(await found('o\u0308L')).toEqual(['b', 'c']);
    expect(await found('…x7kq')).toHaveLength(5);
    for (const row of await read()) {
      expect(row).toMatchObject({
        search_text: searchTextOf(row),
        sort_name: sortNameOf(row),
      });
    }
    const { expression } = orderOf(knex, 'name:asc');
    const byName = knex('api_keys').orderByRaw(expression).orderBy('id');
    const names: string[] = await byName.clone().pluck('name');
    expect([...new Set(names)]).toEqual([
      ...['İ', 'Öfen', 'Öl', 'O\u0308l_2', 'Zoo', longest],
    ]);
    for (const order of ['name:desc', 'owner:asc'] as const) {
      const { expression: by, direction } = orderOf(knex, order);
      const query = knex('api_keys')
        .select('id')
        .orderByRaw(`${by} ${direction}`)
        .orderBy('id', direction)
        .limit(1);
      expect(await explain(knex, query)).not.toMatch(/sort|temp b-tree/i);
    }

    await knex.migrate.down({ directory, name: SEARCH_TEXT });
    expect(await read()).toEqual(before);
  });
});

/** Text orders use no index of their own: sorting by name is rare, and the index on owners lacks only the tie-breaker. */
function isIndexed(order: ApiKeyOrder) {
  return !isTextOrder(order);
}

function latest(events: Knex.QueryBuilder, where: object) {
  return events.where(where).orderBy('id', 'desc');
}

async function explain(knex: Knex, query: Knex.QueryBuilder): Promise<string> {
  const isSqlite = knex.client.config.client.includes('sqlite');
  const explained = await knex.raw(
    `explain ${isSqlite ? 'query plan ' : ''}${query.toQuery()}`,
  );
  return JSON.stringify(explained.rows ?? explained);
}

/** PostgreSQL returns 64-bit integers as text. */
function asked(row: Record<string, string | number | null>) {
  const { requested_expires_at, requested_inactivity_timeout } = row;
  return [requested_expires_at, requested_inactivity_timeout].map(value =>
    value === null ? null : Number(value),
  );
}
