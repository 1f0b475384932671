import { RootInstanceMetadataServicePluginInfo } from '@backstage/backend-plugin-api';
import { ApiKeysConfig, NO_PEPPER } from '../../config';
import { durationInWords } from '../../lifecycle/time';

/** Facts about the portal when API keys start in it. */
export type StartupFacts = {
  config: ApiKeysConfig;
  isProduction: boolean;
  permissionsEnabled: boolean;
  /** True if Red Hat's RBAC, where it decides, also finds roles by ownership. */
  rbacUsesOwnership: boolean;
  /** Plugins that run in this backend. */
  plugins: readonly RootInstanceMetadataServicePluginInfo[];
  database: 'server' | 'file' | 'memory';
  /** True if the auth service of this backend accepts keys. */
  authenticatesKeys: boolean;
  takesKeysOutOfRequests: boolean;
};

/** Lines of the log at start. */
export type StartupSummary = {
  /** Parts that are on. */
  line: string;
  /** Unsafe settings, each in a sentence that says what to do. */
  warnings: string[];
};

type Part<T> = (facts: StartupFacts) => T;

/** Parts that are on, in the order of the line. */
const PARTS: Part<string>[] = [
  ({ config }) => `secrets ${config.secret.prefix}_…`,
  describePeppers,
  describeAccept,
  describeStaleness,
  describeLifetime,
  describeInactivity,
  describeWarnings,
  ({ config }) => `events kept ${durationInWords(config.events.retention)}`,
  ({ config }) =>
    `owners: ${config.owners.groups ? 'users and groups' : 'users'}`,
  describeAdmins,
];

/** Each returns what is unsafe, or false. */
const CHECKS: Part<string | false>[] = [
  facts =>
    !hasPlugin(facts, 'auth') &&
    `API keys will be refused: this backend has no auth plugin, add backend.add(import('@backstage/plugin-auth-backend'))`,
  ({ authenticatesKeys }) =>
    !authenticatesKeys &&
    'API keys are refused everywhere, since this backend has an auth service of its own: remove its factory, and change what it was for with one for pluginTokenHandlerDecoratorServiceRef, behind API keys with behindApiKeys',
  ({ permissionsEnabled }) =>
    !permissionsEnabled &&
    'The permission framework is off, so nothing limits who makes API keys, and only apiKeys.admins looks after those of others: set permission.enabled to true and install a policy',
  facts =>
    facts.permissionsEnabled &&
    allowsEverything(facts) &&
    'The permission policy allows everything to everybody, so that every user is an admin of all API keys: replace the module allow-all-policy by a policy of your own',
  ({ takesKeysOutOfRequests }) =>
    !takesKeysOutOfRequests &&
    'Plugins see API keys in the requests to them, and may log them or pass them on, since this backend has an httpAuth or httpRouter service of its own: put a router behind API keys with behindApiKeys, and use apiKeyHttpAuthServiceFactory',
  facts =>
    facts.permissionsEnabled &&
    facts.config.owners.groups &&
    hasModule(facts, 'permission', /^rbac$/i) &&
    !facts.rbacUsesOwnership &&
    'API keys of groups may do nothing, since RBAC finds roles of users alone: set permission.rbac.useOwnershipEntityRefs to true and give roles to the groups, or set apiKeys.owners.groups to false',
  ({ config }) =>
    config.accept.query &&
    'API keys are accepted in URLs, which end up in the logs of every proxy, in histories and in Referer headers: set apiKeys.accept.query to false, and send keys in a header',
  facts =>
    facts.isProduction &&
    countPeppers(facts) === 0 &&
    `API keys have no pepper, so that anyone with write access to the database can plant a key: set apiKeys.secret.pepper, and end the list with ${NO_PEPPER} for keys that exist`,
  facts =>
    tellsOwners(facts) &&
    !hasPlugin(facts, 'notifications') &&
    `Owners will not be told that their API keys end, unless the notifications plugin runs in another backend: add backend.add(import('@backstage/plugin-notifications-backend')), or switch off apiKeys.warnings`,
  ({ database }) =>
    database === 'memory' &&
    'API keys are kept in memory and gone after a restart: set backend.database to PostgreSQL, or to SQLite with a directory',
  ({ database, isProduction }) =>
    database === 'file' &&
    isProduction &&
    'API keys are kept in SQLite, which one backend alone can use, and whose file has to be on a disk that lasts: set backend.database to PostgreSQL',
];

/** Returns what is on and what is unsafe. Neither may hold a secret. */
export function summarizeStartup(facts: StartupFacts): StartupSummary {
  return {
    line: `API keys are on: ${PARTS.map(part => part(facts)).join('; ')}`,
    warnings: CHECKS.map(check => check(facts)).filter(
      warning => warning !== false,
    ),
  };
}

function describePeppers(facts: StartupFacts): string {
  const peppers = countPeppers(facts);
  if (peppers === 0) return 'no pepper';
  return peppers === 1 ? '1 pepper' : `${peppers} peppers`;
}

function describeAccept({ config }: StartupFacts): string {
  const { bearer, header, basic, query } = config.accept;
  const places = [
    ...(bearer ? ['bearer tokens'] : []),
    ...(header ? [header] : []),
    ...(basic ? ['Basic'] : []),
    ...(query ? ['the query parameter api_key'] : []),
  ];
  return places.length === 0
    ? 'accepted nowhere'
    : `accepted as ${inEnglish(places)}`;
}

function describeStaleness({ config }: StartupFacts): string {
  const { maxStaleness } = config.verification;
  return maxStaleness === 0
    ? 'each request with a key looks it up'
    : `revoked keys refused on all replicas within ${durationInWords(
        maxStaleness,
      )}`;
}

function describeLifetime({ config }: StartupFacts): string {
  const { default: usual, max, allowUnlimited } = config.lifetime;
  const limit = allowUnlimited
    ? 'or without an end'
    : `at most ${durationInWords(max)}`;
  return `keys live ${durationInWords(usual)} (${limit})`;
}

function describeInactivity({ config }: StartupFacts): string {
  const { default: usual, max } = config.inactivity;
  if (usual === undefined) return 'no inactivity timeout';
  const limit = max === undefined ? '' : ` (at most ${durationInWords(max)})`;
  return `inactive when unused for ${durationInWords(usual)}${limit}`;
}

function describeWarnings(facts: StartupFacts): string {
  const { beforeExpiry, beforeInactivity } = facts.config.warnings;
  const before = [
    { times: beforeExpiry, end: 'expiry' },
    { times: beforeInactivity, end: 'inactivity' },
  ]
    .filter(({ times }) => times.length > 0)
    .map(({ times, end }) => `${listed(times)} before ${end}`);
  if (before.length === 0) return 'no warnings';
  return `warnings ${before.join(' and ')} through notifications`;
}

function describeAdmins({ config, permissionsEnabled }: StartupFacts): string {
  const admins = [
    ...(permissionsEnabled ? ['by permission'] : []),
    ...config.admins,
  ];
  return admins.length === 0 ? 'no admins' : `admins ${inEnglish(admins)}`;
}

function countPeppers({ config }: StartupFacts): number {
  return config.secret.peppers.filter(pepper => pepper !== NO_PEPPER).length;
}

function tellsOwners({ config }: StartupFacts): boolean {
  const { beforeExpiry, beforeInactivity, ...others } = config.warnings;
  return (
    beforeExpiry.length > 0 ||
    beforeInactivity.length > 0 ||
    Object.values(others).includes(true)
  );
}

function hasPlugin({ plugins }: StartupFacts, id: string): boolean {
  return plugins.some(({ pluginId }) => pluginId === id);
}

/** Recognizes only Backstage's own module, by its name: the decisions of other policies are not known at start. */
function allowsEverything(facts: StartupFacts): boolean {
  return hasModule(facts, 'permission', /^allow-?all-?policy$/i);
}

function hasModule(
  { plugins }: StartupFacts,
  id: string,
  module: RegExp,
): boolean {
  return plugins.some(
    ({ pluginId, modules }) =>
      pluginId === id && modules.some(({ moduleId }) => module.test(moduleId)),
  );
}

/** Lists durations from the longest to the shortest, the order in which they pass. */
function listed(durations: number[]): string {
  return inEnglish([...durations].sort((a, b) => b - a).map(durationInWords));
}

function inEnglish(items: string[]): string {
  return new Intl.ListFormat('en-GB').format(items);
}
