import { Config } from '@backstage/config';
import {
  ApiKeyAvailableScopes,
  ownerKindOf,
} from 'backstage-plugin-api-keys-common';
import {
  CredentialSources,
  invalidConfigValue,
  readCredentialSources,
  readRequestLimits,
  readSecretPrefix,
  RequestLimitsConfig,
  canonicalEntityRef,
} from 'backstage-plugin-api-keys-node/internal';
import { union } from '../lifecycle/forbiddenPlugins';
import { KeyPolicy } from '../lifecycle/policy';
import { refuseUnknownKeys } from './knownKeys';
import { LeaksConfig, readLeaks } from './readLeaks';
import { OwnersConfig, readOwners } from './readOwners';
import { readScopes } from './readScopes';
import { readWebhooks, WebhookConfig } from './readWebhooks';
import { DAY, readMilliseconds, readMillisecondsList, SECOND } from './values';

/** Stands for plain SHA-256 in the list of peppers. */
export const NO_PEPPER = 'none';

/** `apiKeys` of the app-config with all defaults filled in. Durations are in milliseconds. */
export type ApiKeysConfig = KeyPolicy & {
  secret: { prefix: string; peppers: string[] };
  rotation: { maxOverlap: number; revokeFamilyOnReuse: boolean };
  owners: OwnersConfig;
  /** Entity refs in lower case. */
  admins: string[];
  limits: KeyPolicy['limits'] & RequestLimitsConfig;
  accept: CredentialSources;
  scopes: ApiKeyAvailableScopes;
  lastUsed: {
    resolution: number;
    recordIp: boolean;
    /** Ids of plugins. */
    excludePlugins: string[];
  };
  /** How long another replica may accept a revoked key, in milliseconds. */
  verification: { maxStaleness: number };
  /** Undefined if leaks cannot be reported. */
  leaks?: LeaksConfig;
  webhooks: WebhookConfig[];
  warnings: {
    /** Times before the end, shortest first. An empty list disables these warnings. */
    beforeExpiry: number[];
    beforeInactivity: number[];
    afterExpiry: boolean;
    onCreation: boolean;
  };
  offboarding: { revokeAfter: number };
  events: { retention: number };
  keys: { retention: number };
};

const FULL_ENTITY_REF = /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/;
const PEPPER_MIN_LENGTH = 16;
const PLUGIN_ID = /^[a-z][a-z0-9-]*$/i;
const KEYS_PER_OWNER_MAX = 10_000;
/** As many as the list of a key can hold. */
const RESTRICTED_PLUGINS_MAX = 100;
const STALENESS_MIN = 0.1 * SECOND;
/** A user who revokes a key expects it to stop working. */
const STALENESS_MAX = 60 * SECOND;
const LIFETIME_MIN = SECOND;
/** A later warning would be no better than a message after the end. */
const WARNING_MIN = 60 * SECOND;
/** Events that are recorded once a day must be kept for longer than that. */
const RETENTION_MIN = 2 * DAY;
/** Last uses are accurate to a minute by default. */
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
  // Lowering only the maximum is meant to lower the default with it; setting both to contradictory values is not.
  if (lifetime.default > lifetime.max) {
    if (config.has('apiKeys.lifetime.default')) {
      throw invalidConfigValue(
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
    owners: readOwners(config),
    limits: {
      keysPerOwner: readWholeNumber(config, 'apiKeys.limits.keysPerOwner', {
        fallback: 50,
        min: 0,
        max: KEYS_PER_OWNER_MAX,
      }),
      ...readRequestLimits(config),
    },
    accept: readCredentialSources(config),
    restrictions: readRestrictions(config),
    scopes: readScopes(config),
    admins: readAdmins(config),
    lastUsed: {
      resolution: readMilliseconds(config, 'apiKeys.lastUsed.resolution', {
        fallback: { minutes: 1 },
        min: SECOND,
        max: DAY,
      }),
      recordIp: config.getOptionalBoolean('apiKeys.lastUsed.recordIp') ?? true,
      excludePlugins:
        config.getOptionalStringArray('apiKeys.lastUsed.excludePlugins') ?? [],
    },
    verification: { maxStaleness: readMaxStaleness(config) },
    leaks: readLeaks(config),
    webhooks: readWebhooks(config),
    warnings: readWarnings(config),
    offboarding: {
      revokeAfter: readMilliseconds(config, 'apiKeys.offboarding.revokeAfter', {
        fallback: { days: 1 },
        min: SECOND,
        max: LIFETIME_MAX,
      }),
    },
    events: { retention: readRetention(config, 'events', 90) },
    keys: { retention: readRetention(config, 'keys', 365) },
  };
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
    throw invalidConfigValue(
      'apiKeys.inactivity.default',
      config.get('apiKeys.inactivity.default'),
      'not longer than apiKeys.inactivity.max',
    );
  }
  return { default: fallback, max };
}

/** 0 disables the cache. Values slightly above 0 would query the database all the time. */
function readMaxStaleness(config: Config): number {
  const key = 'apiKeys.verification.maxStaleness';
  if (config.getOptional(key) === 0) return 0;
  return readMilliseconds(config, key, {
    fallback: { seconds: 1 },
    min: STALENESS_MIN,
    max: STALENESS_MAX,
    orZero: true,
  });
}

function readWarnings(config: Config): ApiKeysConfig['warnings'] {
  const before = (key: string, ...days: number[]) =>
    readMillisecondsList(config, `apiKeys.warnings.${key}`, {
      fallback: days.map(day => ({ days: day })),
      min: WARNING_MIN,
      max: LIFETIME_MAX,
    });
  return {
    beforeExpiry: before('beforeExpiry', 14, 3, 1),
    beforeInactivity: before('beforeInactivity', 3),
    afterExpiry:
      config.getOptionalBoolean('apiKeys.warnings.afterExpiry') ?? true,
    onCreation:
      config.getOptionalBoolean('apiKeys.warnings.onCreation') ?? true,
  };
}

function readRetention(config: Config, of: 'events' | 'keys', days: number) {
  return readMilliseconds(config, `apiKeys.${of}.retention`, {
    fallback: { days },
    min: RETENTION_MIN,
    max: LIFETIME_MAX,
  });
}

function readAdmins(config: Config): string[] {
  const key = 'apiKeys.admins';
  const refs = config.getOptionalStringArray(key) ?? [];
  return refs.map((ref, index) => {
    if (!FULL_ENTITY_REF.test(ref) || !ownerKindOf(ref)) {
      throw invalidConfigValue(
        `${key}[${index}]`,
        ref,
        'a full entity ref of a user or group, such as group:default/platform-admins',
      );
    }
    return canonicalEntityRef(ref);
  });
}

function readRestrictions(config: Config): ApiKeysConfig['restrictions'] {
  const of = 'apiKeys.restrictions';
  const forbidden = config.getOptionalStringArray(`${of}.forbidden`) ?? [];
  forbidden.forEach((plugin, index) => {
    if (PLUGIN_ID.test(plugin)) return;
    throw invalidConfigValue(
      `${of}.forbidden[${index}]`,
      plugin,
      'the id of a plugin, such as scaffolder',
    );
  });
  return {
    required: config.getOptionalBoolean(`${of}.required`) ?? false,
    maxPlugins: config.has(`${of}.maxPlugins`)
      ? readWholeNumber(config, `${of}.maxPlugins`, {
          max: RESTRICTED_PLUGINS_MAX,
        })
      : undefined,
    forbidden: union(forbidden),
  };
}

function readWholeNumber(
  config: Config,
  key: string,
  { fallback, min = 1, max }: { fallback?: number; min?: number; max: number },
): number {
  const value = config.getOptionalNumber(key) ?? fallback ?? NaN;
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalidConfigValue(
      key,
      value,
      `a whole number from ${min} to ${max}`,
    );
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
