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
};

/**
 * The policy of a user or group, as admins see it.
 *
 * @public
 */
export type ApiKeyOwnerPolicy = {
  /** Entity ref. */
  owner: string;
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
