import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { checkAuthConfig, readApiKeysConfig } from '.';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const read = (apiKeys?: JsonObject) =>
  readApiKeysConfig(new ConfigReader({ apiKeys }));

describe('the configuration', () => {
  it.each([0, '0 seconds', { seconds: 0 }])(
    'treats %p as a disabled cache',
    maxStaleness => {
      const { verification } = read({ verification: { maxStaleness } });
      expect(verification).toEqual({ maxStaleness: 0 });
    },
  );

  it('may be left out', () => {
    expect(read()).toEqual({
      secret: { prefix: 'bsk', peppers: [] },
      lifetime: { default: 90 * DAY, max: 365 * DAY, allowUnlimited: false },
      inactivity: { default: undefined, max: undefined },
      rotation: { maxOverlap: 7 * DAY, revokeFamilyOnReuse: false },
      owners: {
        groups: true,
        identityAnnotations: [
          'graph.microsoft.com/user-id',
          'graph.microsoft.com/group-id',
          'github.com/user-id',
          'gitlab.com/user-id',
          'backstage.io/ldap-uuid',
        ],
      },
      limits: {
        keysPerOwner: 50,
        requests: undefined,
        failuresPerIp: { max: 30, per: MINUTE },
      },
      restrictions: { required: false, maxPlugins: undefined, forbidden: [] },
      accept: { bearer: true, header: 'x-api-key', basic: true, query: false },
      admins: [],
      lastUsed: { resolution: MINUTE, recordIp: true, excludePlugins: [] },
      verification: { maxStaleness: SECOND },
      leaks: undefined,
      scopes: { configured: [], catalogApis: false },
      warnings: {
        beforeExpiry: [DAY, 3 * DAY, 14 * DAY],
        beforeInactivity: [3 * DAY],
        afterExpiry: true,
        onCreation: true,
      },
      webhooks: [],
      offboarding: { revokeAfter: DAY },
      events: { retention: 90 * DAY },
      keys: { retention: 365 * DAY },
    });
  });

  it('may set everything', () => {
    expect(
      read({
        secret: { prefix: 'acme', pepper: ['x'.repeat(16), 'none'] },
        lifetime: { default: 'P7D', max: { days: 30 }, allowUnlimited: true },
        inactivity: { default: '30 days', max: '60 days' },
        rotation: { maxOverlap: '1 hour', revokeFamilyOnReuse: true },
        owners: { groups: false, identityAnnotations: ['okta.com/id'] },
        scopes: {
          offered: [
            { name: 'reports:read', title: 'Reports', description: 'All' },
            { name: 'Deploy' },
            { name: 'deploy' },
          ],
          catalogApis: true,
        },
        limits: {
          keysPerOwner: 5,
          requests: { max: 100, per: '1 second' },
          failuresPerIp: { max: 5 },
        },
        restrictions: {
          required: true,
          maxPlugins: 3,
          forbidden: ['scaffolder', 'catalog', 'scaffolder'],
        },
        accept: { bearer: false, header: false, basic: false, query: true },
        admins: ['group:default/Platform-Admins'],
        lastUsed: {
          resolution: '10 seconds',
          recordIp: false,
          excludePlugins: ['app'],
        },
        verification: { maxStaleness: { milliseconds: 100 } },
        leaks: {
          action: 'report',
          github: {
            enabled: true,
            keysUrl: 'https://github.example.com/keys',
            token: 'x',
          },
          generic: { secrets: ['x'.repeat(32), 'y'.repeat(40)] },
        },
        warnings: {
          beforeExpiry: ['P7D', { days: 30 }, '7 days'],
          beforeInactivity: [],
          afterExpiry: false,
          onCreation: false,
        },
        webhooks: [
          {
            url: 'https://siem.example.com/hook',
            secret: `whsec_${Buffer.alloc(24, 1).toString('base64')}`,
            allowedHosts: ['siem.example.com'],
            eventTypes: ['revoked'],
          },
        ],
        offboarding: { revokeAfter: '7 days' },
        events: { retention: '30 days' },
        keys: { retention: '2 days' },
      }),
    ).toEqual({
      secret: { prefix: 'acme', peppers: ['x'.repeat(16), 'none'] },
      lifetime: { default: 7 * DAY, max: 30 * DAY, allowUnlimited: true },
      inactivity: { default: 30 * DAY, max: 60 * DAY },
      rotation: { maxOverlap: 60 * MINUTE, revokeFamilyOnReuse: true },
      owners: { groups: false, identityAnnotations: ['okta.com/id'] },
      limits: {
        keysPerOwner: 5,
        requests: { max: 100, per: 1000 },
        failuresPerIp: { max: 5, per: MINUTE },
      },
      restrictions: {
        required: true,
        maxPlugins: 3,
        forbidden: ['catalog', 'scaffolder'],
      },
      accept: { bearer: false, header: undefined, basic: false, query: true },
      admins: ['group:default/platform-admins'],
      lastUsed: {
        resolution: 10_000,
        recordIp: false,
        excludePlugins: ['app'],
      },
      verification: { maxStaleness: 100 },
      leaks: {
        action: 'report',
        github: { url: 'https://github.example.com/keys', token: 'x' },
        secrets: ['x'.repeat(32), 'y'.repeat(40)],
      },
      scopes: {
        configured: [
          { name: 'reports:read', title: 'Reports', description: 'All' },
          { name: 'Deploy', title: null, description: null },
          { name: 'deploy', title: null, description: null },
        ],
        catalogApis: true,
      },
      warnings: {
        beforeExpiry: [7 * DAY, 30 * DAY],
        beforeInactivity: [],
        afterExpiry: false,
        onCreation: false,
      },
      webhooks: [
        {
          url: new URL('https://siem.example.com/hook'),
          key: Buffer.alloc(24, 1),
          eventTypes: ['revoked'],
        },
      ],
      offboarding: { revokeAfter: 7 * DAY },
      events: { retention: 30 * DAY },
      keys: { retention: 2 * DAY },
    });
  });

  it('may allow no keys', () => {
    expect(read({ limits: { keysPerOwner: 0 } }).limits.keysPerOwner).toBe(0);
  });

  it('uses the longest inactivity timeout as the default if the default is none', () => {
    expect(
      read({ inactivity: { default: 'none', max: '30 days' } }).inactivity,
    ).toEqual({ default: 30 * DAY, max: 30 * DAY });
    expect(
      read({ inactivity: { max: 'none' } }).inactivity.max,
    ).toBeUndefined();
  });

  it.each<[string, JsonObject, unknown]>([
    ['nobody', {}, undefined],
    ['nobody', { action: 'report' }, undefined],
    ['nobody', { github: { enabled: false, token: 'x' } }, undefined],
    [
      'GitHub',
      { github: { enabled: true } },
      {
        action: 'revoke',
        github: {
          url: 'https://api.github.com/meta/public_keys/secret_scanning',
        },
        secrets: [],
      },
    ],
    [
      'a scanner',
      { generic: { secrets: ['x'.repeat(32)] } },
      { action: 'revoke', secrets: ['x'.repeat(32)] },
    ],
  ])('lets %s report leaks by %j', (_, leaks, expected) => {
    expect(read({ leaks }).leaks).toEqual(expected);
  });

  it.each([
    [{ months: 12 }, '365 days'],
    [{ years: 1 }, { months: 12 }],
    ['P12M', 'P1Y'],
    [{ months: 6 }, '180 days'],
  ])('limits a default of %j to %j', (byDefault, max) => {
    const { lifetime } = read({ lifetime: { default: byDefault, max } });
    expect(lifetime.default).toBe(lifetime.max);
  });

  it('lowers the default lifetime with the maximum', () => {
    expect(read({ lifetime: { max: '30 days' } }).lifetime.default).toBe(
      30 * DAY,
    );
  });

  it.each<[JsonObject, string]>([
    [
      { secret: { prefix: '_' } },
      'apiKeys.secret.prefix is "_", and must be 2 to 12 lower case letters and digits',
    ],
    [
      { secret: { pepper: ['short'] } },
      'apiKeys.secret.pepper[0] has 5 characters, and must have at least 16',
    ],
    [
      { secret: { pepper: ['none'] } },
      'apiKeys.secret.pepper[0] has 4 characters',
    ],
    [{ secret: { pepper: 'text' } }, 'apiKeys.secret.pepper'],
    [
      { lifetime: { default: 'soon' } },
      "'soon' in config at 'apiKeys.lifetime.default'",
    ],
    [{ lifetime: { default: 90 } }, 'apiKeys.lifetime.default'],
    [
      { lifetime: { default: '2 years' } },
      'apiKeys.lifetime.default is "2 years", and must be not longer than apiKeys.lifetime.max',
    ],
    [
      { admins: ['grace'] },
      'apiKeys.admins[0] is "grace", and must be a full entity ref of a user or group',
    ],
    [
      { inactivity: { default: '90 days', max: '30 days' } },
      'apiKeys.inactivity.default is "90 days", and must be not longer than apiKeys.inactivity.max',
    ],
    [
      { inactivity: { max: '1 second' } },
      'apiKeys.inactivity.max is "1 second", and must be between 1 minute',
    ],
    [
      { inactivity: { max: 'never' } },
      "'never' in config at 'apiKeys.inactivity.max'",
    ],
    [
      { lifetime: { max: '0 seconds' } },
      'apiKeys.lifetime.max is "0 seconds", and must be between 1 second and 100 years',
    ],
    [{ lifetime: { max: '200 years' } }, 'apiKeys.lifetime.max'],
    [
      { lifetime: { allowUnlimited: 'maybe' } },
      'apiKeys.lifetime.allowUnlimited',
    ],
    [
      { limits: { keysPerOwner: -1 } },
      'apiKeys.limits.keysPerOwner is -1, and must be a whole number from 0 to 10000',
    ],
    [{ limits: { keysPerOwner: 1.5 } }, 'apiKeys.limits.keysPerOwner is 1.5'],
    [
      { restrictions: { maxPlugins: 0 } },
      'apiKeys.restrictions.maxPlugins is 0, and must be a whole number from 1 to 100',
    ],
    [{ restrictions: { maxPlugins: 101 } }, 'apiKeys.restrictions.maxPlugins'],
    [{ restrictions: { required: 'maybe' } }, 'apiKeys.restrictions.required'],
    [
      { restrictions: { forbidden: ['catalog', 'the catalog'] } },
      'apiKeys.restrictions.forbidden[1] is "the catalog", and must be the id of a plugin',
    ],
    [{ restrictions: { forbidden: 'all' } }, 'apiKeys.restrictions.forbidden'],
    [
      { restrictions: { forbid: [] } },
      'there is no apiKeys.restrictions.forbid; apiKeys.restrictions may hold required, maxPlugins, forbidden, guardedRoutes, guardedActions',
    ],
    ...['reports read', 'a"b', 'a\\b', 'Berüchte', 'x'.repeat(201)].map(
      (name): [JsonObject, string] => [
        { scopes: { offered: [{ name: 'ok' }, { name }] } },
        `apiKeys.scopes.offered[1].name is ${JSON.stringify(
          name,
        )}, and must be 1 to 200 visible ASCII characters`,
      ],
    ),
    [{ scopes: { offered: [{ name: '' }] } }, 'apiKeys.scopes.offered[0].name'],
    [
      { scopes: { offered: [{ title: 'Reports' }] } },
      'apiKeys.scopes.offered[0].name is "", and must be 1 to 200',
    ],
    [
      { scopes: { offered: [{ name: 'API:default/petstore' }] } },
      'apiKeys.scopes.offered[0].name is "API:default/petstore", and must be something that does not start with api:',
    ],
    [
      { scopes: { offered: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] } },
      'apiKeys.scopes.offered[2].name is "a", and must be offered only once',
    ],
    [
      { scopes: { offered: [{ name: 'a', label: 'A' }] } },
      'there is no apiKeys.scopes.offered[0].label; apiKeys.scopes.offered[0] may hold name, title, description',
    ],
    [{ scopes: { offered: 'reports:read' } }, 'apiKeys.scopes.offered'],
    [{ scopes: { offered: ['reports:read'] } }, 'apiKeys.scopes.offered'],
    [{ scopes: { catalogApis: 'maybe' } }, 'apiKeys.scopes.catalogApis'],
    [
      { scopes: { apis: true } },
      'there is no apiKeys.scopes.apis; apiKeys.scopes may hold offered, catalogApis',
    ],
    [
      { lastUsed: { resolution: '1ms' } },
      'apiKeys.lastUsed.resolution is "1ms", and must be between 1 second and 1 day',
    ],
    [
      { verification: { maxStaleness: '50ms' } },
      'apiKeys.verification.maxStaleness is "50ms", and must be 0 or between 100 milliseconds and 1 minute',
    ],
    [
      { verification: { maxStaleness: '2 minutes' } },
      'apiKeys.verification.maxStaleness',
    ],
    [
      { verification: { maxStaleness: 5 } },
      'apiKeys.verification.maxStaleness',
    ],
    [
      { verification: { maxStale: '1s' } },
      'there is no apiKeys.verification.maxStale',
    ],
    [
      { leaks: { action: 'delete' } },
      'apiKeys.leaks.action is "delete", and must be revoke or report',
    ],
    [
      { leaks: { github: { enabled: 'maybe' } } },
      'apiKeys.leaks.github.enabled',
    ],
    ...['http://example.com/keys', 'ftp://localhost/', 'keys'].map(
      (keysUrl): [JsonObject, string] => [
        { leaks: { github: { enabled: true, keysUrl } } },
        `apiKeys.leaks.github.keysUrl is "${keysUrl}", and must be an https URL`,
      ],
    ),
    [
      { leaks: { github: { keysUrl: 'https://me:hush@example.com/keys' } } },
      'apiKeys.leaks.github.keysUrl has a user name or a password, and must be a URL without',
    ],
    [
      { leaks: { generic: {} } },
      'apiKeys.leaks.generic.secrets is [], and must be a list of at least one secret',
    ],
    [
      { leaks: { generic: { secrets: [] } } },
      'apiKeys.leaks.generic.secrets is [], and must be',
    ],
    [
      { leaks: { generic: { secrets: ['x'.repeat(32), 'short'] } } },
      'apiKeys.leaks.generic.secrets[1] has 5 characters, and must have at least 32',
    ],
    [
      { leaks: { generic: { secrets: 'text' } } },
      'apiKeys.leaks.generic.secrets',
    ],
    [
      { leaks: { github: { key: 'x' } } },
      'there is no apiKeys.leaks.github.key; apiKeys.leaks.github may hold enabled, keysUrl, token',
    ],
    [
      { leaks: { secrets: [] } },
      'there is no apiKeys.leaks.secrets; apiKeys.leaks may hold action, github, generic',
    ],
    [
      { warnings: { beforeExpiry: '14 days' } },
      'apiKeys.warnings.beforeExpiry is "14 days", and must be a list of durations',
    ],
    [
      { warnings: { beforeExpiry: ['14 days', 'soon'] } },
      'apiKeys.warnings.beforeExpiry[1] is "soon", and must be a duration between 1 minute and 100 years',
    ],
    [
      { warnings: { beforeInactivity: ['1 second'] } },
      'apiKeys.warnings.beforeInactivity[0] is "1 second", and must be a duration between',
    ],
    [
      { events: { retention: '1 day' } },
      'apiKeys.events.retention is "1 day", and must be between 2 days',
    ],
    [
      { offboarding: { revokeAfter: '0 days' } },
      'apiKeys.offboarding.revokeAfter is "0 days"',
    ],
    [
      { limits: { requests: { per: '1 minute' } } },
      'apiKeys.limits.requests.max is undefined, and must be a whole number from 1',
    ],
    [
      { limits: { requests: { max: 10 } } },
      'apiKeys.limits.requests.per is undefined, and must be a duration between 1 second and 1 day',
    ],
    [
      { limits: { failuresPerIp: { per: '2 days' } } },
      'apiKeys.limits.failuresPerIp.per is "2 days", and must be a duration between',
    ],
    [
      { accept: { header: 'Authorization' } },
      'apiKeys.accept.header is "Authorization", and must be the name of a header, or false',
    ],
    [
      { accept: { header: 'X API Key' } },
      'apiKeys.accept.header is "X API Key"',
    ],
    [{ accept: { header: true } }, 'apiKeys.accept.header is true'],
    [
      { owners: { identityAnnotations: [] } },
      'apiKeys.owners.identityAnnotations is [], and must be a list of 1 to 20 annotations',
    ],
    [
      { owners: { identityAnnotations: ['github.com/user-id', 'user-id'] } },
      'apiKeys.owners.identityAnnotations[1] is "user-id", and must be the name of an annotation with its prefix, such as github.com/user-id',
    ],
    [
      { owners: { identityAnnotations: ['a/b c'] } },
      'apiKeys.owners.identityAnnotations[0] is "a/b c"',
    ],
    [
      { owners: { identityAnnotations: [''] } },
      'apiKeys.owners.identityAnnotations',
    ],
    [
      { owners: { identityAnnotations: 'github.com/user-id' } },
      'apiKeys.owners.identityAnnotations',
    ],
    [
      { owners: { identities: [] } },
      'there is no apiKeys.owners.identities; apiKeys.owners may hold groups, identityAnnotations',
    ],
    [
      { lifetimes: {} },
      'there is no apiKeys.lifetimes; apiKeys may hold secret, lifetime, inactivity, rotation, limits, restrictions, scopes, lastUsed, owners, admins, warnings, offboarding, events, keys, accept, verification, leaks',
    ],
    [
      { lifetime: { maximum: 'P1D' } },
      'there is no apiKeys.lifetime.maximum; apiKeys.lifetime may hold default, max, allowUnlimited',
    ],
  ])('refuses %j in a sentence', (apiKeys, sentence) => {
    expect(() => read(apiKeys)).toThrow(sentence);
  });

  it('reads the ids of each GitLab that the portal integrates with', () => {
    const gitlab = [{ host: 'git.example.com' }, { host: 'gitlab.com' }];
    const config = new ConfigReader({ integrations: { gitlab } });
    const { identityAnnotations } = readApiKeysConfig(config).owners;
    expect(identityAnnotations.filter(one => /git(lab)?\./.test(one))).toEqual([
      'gitlab.com/user-id',
      'git.example.com/user-id',
    ]);
  });

  it('never repeats a pepper', () => {
    expect(() => read({ secret: { pepper: ['hush'] } })).not.toThrow(/hush/);
  });

  it.each<[JsonObject]>([
    [{ generic: { secrets: ['hush'] } }],
    [{ generic: { secrets: 'hush' } }],
    [{ github: { keysUrl: 'https://me:hush@example.com' } }],
    [{ github: { keysUrl: 'https://hush@example.com' } }],
  ])('never repeats the secret of %j', leaks => {
    expect(() => read({ leaks })).toThrow('Invalid');
    expect(() => read({ leaks })).not.toThrow(/hush/);
  });
});

describe('the rest of the configuration', () => {
  const check = (auth: JsonObject) =>
    checkAuthConfig(new ConfigReader({ auth }));

  it('has the auth provider', () => {
    expect(() => check({ providers: { 'api-key': {} } })).not.toThrow();
    for (const auth of [{}, { providers: {} }, { providers: { guest: {} } }]) {
      expect(() => check(auth)).toThrow(
        "add 'auth.providers.api-key: {}' to your app-config",
      );
    }
  });

  it('leaves user tokens to be signed with ES256', () => {
    const providers = { 'api-key': {} };
    expect(() =>
      check({ providers, identityTokenAlgorithm: 'ES256' }),
    ).not.toThrow();
    expect(() => check({ providers, identityTokenAlgorithm: 'EdDSA' })).toThrow(
      'auth.identityTokenAlgorithm is "EdDSA", and must be ES256',
    );
  });
});
