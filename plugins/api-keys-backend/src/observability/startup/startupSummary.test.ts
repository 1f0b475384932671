import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readApiKeysConfig } from '../../config';
import { StartupFacts, summarizeStartup } from './startupSummary';

const PEPPER = 'a-pepper-of-the-company';

function reportOf(
  facts: Partial<Omit<StartupFacts, 'config'>> = {},
  apiKeys: JsonObject = {},
) {
  return summarizeStartup({
    isProduction: true,
    permissionsEnabled: true,
    rbacUsesOwnership: false,
    plugins: [plugin('auth'), plugin('permission'), plugin('notifications')],
    database: 'server',
    authenticatesKeys: true,
    takesKeysOutOfRequests: true,
    ...facts,
    config: readApiKeysConfig(
      new ConfigReader({
        apiKeys: { secret: { pepper: [PEPPER] }, ...apiKeys },
      }),
    ),
  });
}

const WITH_RBAC = [
  plugin('auth'),
  plugin('notifications'),
  plugin('permission', 'rbac'),
];

function plugin(pluginId: string, ...modules: string[]) {
  return { pluginId, modules: modules.map(moduleId => ({ moduleId })) };
}

describe('the line at start', () => {
  it('says what is on', () => {
    expect(reportOf().line).toBe(
      'API keys are on: secrets bsk_…; 1 pepper; accepted as bearer tokens, x-api-key and Basic; revoked keys refused on all replicas within 1 second; keys live 90 days (at most 365 days); no inactivity timeout; warnings 14 days, 3 days and 1 day before expiry and 3 days before inactivity through notifications; events kept 90 days; owners: users and groups; admins by permission',
    );
  });

  it.each<[string, JsonObject]>([
    ['secrets acme_…', { secret: { prefix: 'acme' } }],
    ['no pepper', { secret: { pepper: [] } }],
    ['2 peppers', { secret: { pepper: [PEPPER, `${PEPPER}-2`, 'none'] } }],
    [
      'keys live 90 days (at most 40 years)',
      { lifetime: { max: { months: 480 } } },
    ],
    [
      'keys live 1 day, 12 hours (at most 365 days)',
      { lifetime: { default: 'PT36H' } },
    ],
    [
      'accepted as x-acme;',
      { accept: { bearer: false, header: 'X-Acme', basic: false } },
    ],
    [
      'accepted nowhere',
      { accept: { bearer: false, header: false, basic: false } },
    ],
    ['Basic and the query parameter api_key', { accept: { query: true } }],
    [
      'keys live 90 days (or without an end)',
      { lifetime: { allowUnlimited: true } },
    ],
    [
      'inactive when unused for 30 days;',
      { inactivity: { default: '30 days' } },
    ],
    [
      'inactive when unused for 30 days (at most 60 days)',
      { inactivity: { default: '30 days', max: '60 days' } },
    ],
    ['no warnings', { warnings: { beforeExpiry: [], beforeInactivity: [] } }],
    [
      'warnings 12 hours before expiry through notifications',
      { warnings: { beforeExpiry: ['PT12H'], beforeInactivity: [] } },
    ],
    ['events kept 30 days', { events: { retention: '30 days' } }],
    ['owners: users;', { owners: { groups: false } }],
    [
      'admins by permission and group:default/platform',
      { admins: ['group:default/platform'] },
    ],
  ])('says %j', (words, apiKeys) => {
    expect(`${reportOf({}, apiKeys).line};`).toContain(words);
  });

  it('says who is an admin without the permission framework', () => {
    const off = { permissionsEnabled: false };
    expect(reportOf(off).line).toContain('no admins');
    expect(reportOf(off, { admins: ['user:default/grace'] }).line).toMatch(
      /admins user:default\/grace$/,
    );
  });

  it('holds no pepper', () => {
    expect(JSON.stringify(reportOf())).not.toContain(PEPPER);
  });
});

describe('the warnings at start', () => {
  it('are none if all settings are safe', () => {
    expect(reportOf().warnings).toEqual([]);
  });

  it.each<[string, ...Parameters<typeof reportOf>]>([
    ['no auth plugin', { plugins: [plugin('notifications')] }],
    ['API keys are refused everywhere', { authenticatesKeys: false }],
    ['Plugins see API keys', { takesKeysOutOfRequests: false }],
    ['The permission framework is off', { permissionsEnabled: false }],
    [
      'The permission policy allows everything',
      {
        plugins: [
          plugin('auth'),
          plugin('notifications'),
          plugin('permission', 'allow-all-policy'),
        ],
      },
    ],
    [
      'The permission policy allows everything',
      {
        plugins: [
          plugin('auth'),
          plugin('notifications'),
          plugin('permission', 'allowAllPolicy'),
        ],
      },
    ],
    ['API keys of groups may do nothing', { plugins: WITH_RBAC }],
    ['API keys are accepted in URLs', {}, { accept: { query: true } }],
    ['API keys have no pepper', {}, { secret: { pepper: [] } }],
    [
      'Owners will not be told',
      { plugins: [plugin('auth'), plugin('permission')] },
    ],
    ['gone after a restart', { database: 'memory' }],
    ['gone after a restart', { database: 'memory', isProduction: false }],
    ['API keys are kept in SQLite', { database: 'file' }],
  ])('name what is unsafe: %s', (words, facts, apiKeys = {}) => {
    expect(reportOf(facts, apiKeys).warnings).toEqual([
      expect.stringContaining(words),
    ]);
  });

  it.each<[string, ...Parameters<typeof reportOf>]>([
    [
      'a pepper in development',
      { isProduction: false },
      { secret: { pepper: [] } },
    ],
    ['PostgreSQL in development', { isProduction: false, database: 'file' }],
    [
      'notifications where nobody is to be told of anything',
      { plugins: [plugin('auth')] },
      {
        warnings: {
          beforeExpiry: [],
          beforeInactivity: [],
          afterExpiry: false,
          onCreation: false,
        },
      },
    ],
    [
      'another policy because some other plugin has a module of that name',
      {
        plugins: [
          plugin('auth'),
          plugin('notifications'),
          plugin('other', 'allow-all-policy'),
        ],
      },
    ],
    [
      'ownership in RBAC where it is used',
      { plugins: WITH_RBAC, rbacUsesOwnership: true },
    ],
    [
      'ownership in RBAC where groups have no keys',
      { plugins: WITH_RBAC },
      { owners: { groups: false } },
    ],
  ])('are not given for %s', (_, facts, apiKeys = {}) => {
    expect(reportOf(facts, apiKeys).warnings).toEqual([]);
  });

  it('are one sentence each', () => {
    const { warnings } = reportOf(
      {
        permissionsEnabled: false,
        plugins: [],
        database: 'memory',
      },
      { secret: { pepper: [] } },
    );
    expect(warnings).toHaveLength(5);
    for (const warning of warnings) expect(warning).not.toMatch(/\.( |$)|\n/);
  });
});
