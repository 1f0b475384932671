import { ApiKeyPolicyField } from 'backstage-plugin-api-keys-common';
import { forbiddenBy, union } from './forbiddenPlugins';

/** Limits for the keys of an owner. Durations are in milliseconds; undefined is none. */
export type KeyPolicy = {
  lifetime: { default: number; max: number; allowUnlimited: boolean };
  inactivity: { default?: number; max?: number };
  limits: { keysPerOwner: number };
  /** `forbidden` holds ids of plugins. */
  restrictions: { required: boolean; maxPlugins?: number; forbidden: string[] };
};

/** Differences between an owner's policy and the configured one. `null` is none. */
export type PolicyOverride = {
  lifetime?: { default?: number; max?: number; allowUnlimited?: boolean };
  inactivity?: { default?: number | null; max?: number | null };
  limits?: { keysPerOwner?: number };
  restrictions?: {
    required?: boolean;
    maxPlugins?: number | null;
    /** In addition to the configured ones. */
    forbidden?: string[];
  };
};

/** The override of one user or group. */
export type OwnerOverride = { owner: string; override: PolicyOverride };

/** The policy of an owner, and the user or group whose override decided each field that differs from the configuration. */
export type EffectivePolicy = {
  policy: KeyPolicy;
  sources: Partial<Record<ApiKeyPolicyField, string>>;
};

/**
 * Resolves the policy of an owner, field by field: the owner's own override, or else the strictest of the owner's groups, or else
 * the configuration.
 *
 * @param overrides - those of the owner and of the groups that the owner is in
 */
export function resolvePolicy(
  configured: KeyPolicy,
  owner: string,
  overrides: readonly OwnerOverride[],
): EffectivePolicy {
  const sources: EffectivePolicy['sources'] = {};
  const own = overrides.filter(one => one.owner === owner);
  const groups = overrides.filter(one => one.owner !== owner);
  const decide = <T extends Value>(
    field: ApiKeyPolicyField,
    fallback: T,
    read: (override: PolicyOverride) => T | undefined,
    rank?: (value: Value) => number,
  ): T => {
    const decided = strictest(own, read, rank) ?? strictest(groups, read, rank);
    if (!decided) return fallback;
    sources[field] = decided.owner;
    return decided.value;
  };

  const { lifetime, inactivity, limits, restrictions } = configured;
  const maxLifetime = decide(
    'lifetime.max',
    lifetime.max,
    override => override.lifetime?.max,
  );
  const maxInactivity = decide(
    'inactivity.max',
    inactivity.max ?? null,
    override => override.inactivity?.max,
  );
  const forbidden = forbiddenBy(own) ?? forbiddenBy(groups);
  if (forbidden) sources['restrictions.forbidden'] = forbidden.owner;
  const policy = {
    lifetime: {
      default: decide(
        'lifetime.default',
        lifetime.default,
        override => override.lifetime?.default,
      ),
      max: maxLifetime,
      allowUnlimited: decide(
        'lifetime.allowUnlimited',
        lifetime.allowUnlimited,
        unlimitedBy,
      ),
    },
    inactivity: {
      default: orNone(
        decide(
          'inactivity.default',
          inactivity.default ?? null,
          override => override.inactivity?.default,
        ),
      ),
      max: orNone(maxInactivity),
    },
    limits: {
      keysPerOwner: decide(
        'limits.keysPerOwner',
        limits.keysPerOwner,
        override => override.limits?.keysPerOwner,
      ),
    },
    restrictions: {
      required: decide(
        'restrictions.required',
        restrictions.required,
        override => override.restrictions?.required,
        required => Number(!required),
      ),
      maxPlugins: orNone(
        decide(
          'restrictions.maxPlugins',
          restrictions.maxPlugins ?? null,
          override => override.restrictions?.maxPlugins,
        ),
      ),
      forbidden: union(restrictions.forbidden, forbidden?.plugins ?? []),
    },
  };
  return withDefaultsUpToMaximum({ policy, sources });
}

type Value = number | boolean | null;

function strictest<T extends Value>(
  overrides: readonly OwnerOverride[],
  read: (override: PolicyOverride) => T | undefined,
  rank: (value: Value) => number = strictness,
): { owner: string; value: T } | undefined {
  const [first] = overrides
    .flatMap(({ owner, override }) => {
      const value = read(override);
      return value === undefined ? [] : [{ owner, value }];
    })
    .sort((a, b) => rank(a.value) - rank(b.value));
  return first;
}

/** Lower is stricter. */
function strictness(value: Value): number {
  return value === null ? Infinity : Number(value);
}

/** A maximum also forbids keys without expiry, which would get around it. */
function unlimitedBy({ lifetime }: PolicyOverride): boolean | undefined {
  if (lifetime?.allowUnlimited !== undefined) return lifetime.allowUnlimited;
  return lifetime?.max === undefined ? undefined : false;
}

/** An override that lowers only a maximum is meant to lower the default as well. */
function withDefaultsUpToMaximum(effective: EffectivePolicy): EffectivePolicy {
  const { sources } = effective;
  const policy = structuredClone(effective.policy);
  for (const section of ['lifetime', 'inactivity'] as const) {
    const { default: byDefault = Infinity, max = Infinity } = policy[section];
    if (byDefault > max) {
      policy[section].default = max;
      sources[`${section}.default`] = sources[`${section}.max`];
    }
  }
  return { policy, sources };
}

function orNone(value: number | null): number | undefined {
  return value ?? undefined;
}
