import { ApiKeyPolicyLimits, ApiKeyPolicySources } from './types';

/**
 * Where the policy of a user or group differs from the configured one. What is left out is not changed; `null` is none.
 *
 * A maximum lifetime also rules out keys without expiry, unless `allowUnlimited` says otherwise.
 *
 * @public
 */
export type ApiKeyPolicyOverride = {
  lifetime?: Partial<ApiKeyPolicyLimits['lifetime']>;
  inactivity?: Partial<ApiKeyPolicyLimits['inactivity']>;
  limits?: Partial<ApiKeyPolicyLimits['limits']>;
  /** `forbidden` adds to the plugins that the configuration forbids. */
  restrictions?: Partial<ApiKeyPolicyLimits['restrictions']>;
};

/**
 * What was set for a user or group.
 *
 * @public
 */
export type ApiKeyOwnerOverride = {
  /** Entity ref. */
  owner: string;
  override: ApiKeyPolicyOverride;
  updatedAt: string;
  /** Entity ref. */
  updatedBy: string;
};

/**
 * What everybody's keys are held to, and what was set for users and groups instead.
 *
 * @public
 */
export type ApiKeyOwnerPolicies = {
  configured: ApiKeyPolicyLimits;
  /** By owner, at most the first 1000. */
  items: ApiKeyOwnerOverride[];
  /** How many there are. */
  totalItems: number;
};

/**
 * The policy of a user or group, as admins see it.
 *
 * @public
 */
export type ApiKeyOwnerPolicy = {
  /** Entity ref. */
  owner: string;
  /** Entity refs of the groups that the owner was seen in last; `null` for an owner of whom no key was made yet. */
  memberOf: string[] | null;
  /** What was set for this very owner; `null` for nothing. */
  override: ApiKeyPolicyOverride | null;
  updatedAt: string | null;
  /** Entity ref. */
  updatedBy: string | null;
  /** What holds for the owner's keys, with what was set for the groups that the owner was seen in last. */
  effective: ApiKeyPolicyLimits;
  /** Who the fields of `effective` come from that are not the configured ones. */
  sources: ApiKeyPolicySources;
};
