import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import {
  API_KEY_PROVIDER_ID,
  readSecretPrefix,
} from 'backstage-plugin-api-keys-node';
import { KeyPolicy } from './lifecycle/policy';
import { NO_PEPPER } from './secret/SecretDigests';

/** `apiKeys` of the app-config with all defaults filled in. Durations are in milliseconds. */
export type ApiKeysConfig = KeyPolicy & {
  secret: { prefix: string; peppers: string[] };
  rotation: { maxOverlap: number; revokeFamilyOnReuse: boolean };
  owners: { groups: boolean };
  /** Entity refs in lower case. */
  admins: string[];
  lastUsed: { resolution: number; recordIp: boolean };
};

const KNOWN_KEYS: Record<string, string[]> = {
  apiKeys: [
    'secret',
    'lifetime',
    'inactivity',
    'rotation',
    'limits',
    'lastUsed',
    'owners',
    'admins',
  ],
  'apiKeys.inactivity': ['default', 'max'],
  'apiKeys.secret': ['prefix', 'pepper'],
  'apiKeys.lifetime': ['default', 'max', 'allowUnlimited'],
  'apiKeys.rotation': ['maxOverlap', 'revokeFamilyOnReuse'],
  'apiKeys.owners': ['groups'],
  'apiKeys.limits': ['keysPerOwner'],
  'apiKeys.lastUsed': ['resolution', 'recordIp'],
};

const ENTITY_REF = /^(user|group):[^:/\s]+\/[^:/\s]+$/i;
const PEPPER_MIN_LENGTH = 16;
const KEYS_PER_OWNER_MAX = 10_000;
const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
const LIFETIME_MIN = SECOND;
/** Last uses are known to a minute by default. */
const INACTIVITY_MIN = 60 * SECOND;
const LIFETIME_MAX = 100 * 365 * DAY;

/**
 * Reads and checks the configuration, once, at start.
 *
 * @throws Error with a sentence that names the key, the value and what is allowed
 */
export function readApiKeysConfig(config: Config): ApiKeysConfig {
  refuseUnknownKeys(config);
  const lifetime = {
    default: readMilliseconds(config, 'apiKeys.lifetime.default', {
      fallback: { days: 90 },
      min: LIFETIME_MIN,
      max: LIFETIME_MAX,
    }),
    max: readMilliseconds(config, 'apiKeys.lifetime.max', {
      fallback: { days: 365 },
      min: LIFETIME_MIN,
      max: LIFETIME_MAX,
    }),
    allowUnlimited:
      config.getOptionalBoolean('apiKeys.lifetime.allowUnlimited') ?? false,
  };
  // Lowering only the maximum is meant to lower the default with it; setting both to contradict each other is not.
  if (lifetime.default > lifetime.max) {
    if (config.has('apiKeys.lifetime.default')) {
      throw invalid(
        'apiKeys.lifetime.default',
        config.get('apiKeys.lifetime.default'),
        'not longer than apiKeys.lifetime.max',
      );
    }
    lifetime.default = lifetime.max;
  }
  return {
    secret: { prefix: readSecretPrefix(config), peppers: readPeppers(config) },
    lifetime,
    inactivity: readInactivity(config),
    rotation: {
      maxOverlap: readMilliseconds(config, 'apiKeys.rotation.maxOverlap', {
        fallback: { days: 7 },
        min: SECOND,
        max: LIFETIME_MAX,
      }),
      revokeFamilyOnReuse:
        config.getOptionalBoolean('apiKeys.rotation.revokeFamilyOnReuse') ??
        false,
    },
    owners: {
      groups: config.getOptionalBoolean('apiKeys.owners.groups') ?? true,
    },
    limits: { keysPerOwner: readKeysPerOwner(config) },
    admins: readAdmins(config),
    lastUsed: {
      resolution: readMilliseconds(config, 'apiKeys.lastUsed.resolution', {
        fallback: { minutes: 1 },
        min: SECOND,
        max: DAY,
      }),
      recordIp: config.getOptionalBoolean('apiKeys.lastUsed.recordIp') ?? true,
    },
  };
}

/**
 * Checks what API keys need of the rest of the configuration.
 *
 * @throws Error with a sentence that says what to add or to remove
 */
export function checkAuthConfig(config: Config): void {
  const provider = `auth.providers.${API_KEY_PROVIDER_ID}`;
  if (!config.getOptionalConfig('auth.providers')?.has(API_KEY_PROVIDER_ID)) {
    throw new Error(
      `API keys need an entry in the configuration: add '${provider}: {}' to your app-config`,
    );
  }
  const algorithm = config.getOptionalString('auth.identityTokenAlgorithm');
  if (algorithm !== undefined && algorithm !== 'ES256') {
    throw invalid(
      'auth.identityTokenAlgorithm',
      algorithm,
      'ES256 (or left out) for API keys: only its signatures tell user tokens apart',
    );
  }
}

function refuseUnknownKeys(config: Config) {
  for (const [path, known] of Object.entries(KNOWN_KEYS)) {
    const unknown = config
      .getOptionalConfig(path)
      ?.keys()
      .find(key => !known.includes(key));
    if (unknown !== undefined) {
      throw new Error(
        `Invalid config: there is no ${path}.${unknown}; ${path} may hold ${known.join(
          ', ',
        )}`,
      );
    }
  }
}

function readMilliseconds(
  config: Config,
  key: string,
  options: { fallback: HumanDuration; min: number; max: number },
): number {
  const duration = config.has(key)
    ? readDurationFromConfig(config, { key })
    : options.fallback;
  const milliseconds = durationToMilliseconds(duration);
  if (milliseconds < options.min || milliseconds > options.max) {
    throw invalid(
      key,
      config.get(key),
      `between ${options.min / SECOND} seconds and ${options.max / DAY} days`,
    );
  }
  return milliseconds;
}

function readInactivity(config: Config): ApiKeysConfig['inactivity'] {
  const read = (key: string) =>
    config.getOptional(key) === 'none' || !config.has(key)
      ? undefined
      : readMilliseconds(config, key, {
          fallback: {},
          min: INACTIVITY_MIN,
          max: LIFETIME_MAX,
        });
  const max = read('apiKeys.inactivity.max');
  const fallback = read('apiKeys.inactivity.default') ?? max;
  if (max !== undefined && fallback !== undefined && fallback > max) {
    throw invalid(
      'apiKeys.inactivity.default',
      config.get('apiKeys.inactivity.default'),
      'not longer than apiKeys.inactivity.max',
    );
  }
  return { default: fallback, max };
}

function readAdmins(config: Config): string[] {
  const key = 'apiKeys.admins';
  const refs = config.getOptionalStringArray(key) ?? [];
  return refs.map((ref, index) => {
    if (!ENTITY_REF.test(ref)) {
      throw invalid(
        `${key}[${index}]`,
        ref,
        'a full entity ref of a user or group, such as group:default/platform-admins',
      );
    }
    return ref.toLocaleLowerCase('en-US');
  });
}

function readKeysPerOwner(config: Config): number {
  const key = 'apiKeys.limits.keysPerOwner';
  const value = config.getOptionalNumber(key) ?? 50;
  if (!Number.isInteger(value) || value < 1 || value > KEYS_PER_OWNER_MAX) {
    throw invalid(key, value, `a whole number from 1 to ${KEYS_PER_OWNER_MAX}`);
  }
  return value;
}

function readPeppers(config: Config): string[] {
  const key = 'apiKeys.secret.pepper';
  const peppers = config.getOptionalStringArray(key) ?? [];
  peppers.forEach((pepper, index) => {
    const isLastResort = index > 0 && pepper === NO_PEPPER;
    if (!isLastResort && pepper.length < PEPPER_MIN_LENGTH) {
      // The value itself is a secret.
      throw new Error(
        `Invalid config: ${key}[${index}] has ${pepper.length} characters, and must have at least ${PEPPER_MIN_LENGTH} (only after the first, the word '${NO_PEPPER}' stands for keys made without a pepper)`,
      );
    }
  });
  return peppers;
}

function invalid(key: string, value: unknown, allowed: string): Error {
  return new Error(
    `Invalid config: ${key} is ${JSON.stringify(
      value,
    )}, and must be ${allowed}`,
  );
}
