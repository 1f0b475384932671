import {
  ApiKeyOwnerOverride,
  ApiKeyOwnerPolicy,
  ApiKeyPolicyField,
  ApiKeyPolicyLimits,
  ApiKeyPolicyOverride,
} from 'backstage-plugin-api-keys-common';
import { aPolicy, fromNow } from './keys';

/** An override that was set yesterday. */
export const anOverride = (
  owner: string,
  override: ApiKeyPolicyOverride,
): ApiKeyOwnerOverride => ({
  owner,
  override,
  updatedAt: fromNow({ days: -1 }),
  updatedBy: 'user:default/grace',
});

/** Returns the policy of an owner without groups: the override, or else the configured policy. */
export function describePolicy(
  owner: string,
  set: ApiKeyOwnerOverride | undefined,
  configured: ApiKeyPolicyLimits,
): ApiKeyOwnerPolicy {
  const fields = Object.entries(set?.override ?? {}).flatMap(
    ([section, values]) =>
      Object.keys(values).map(
        name => `${section}.${name}` as ApiKeyPolicyField,
      ),
  );
  return {
    override: null,
    updatedAt: null,
    updatedBy: null,
    ...set,
    owner,
    memberOf: null,
    effective: {
      lifetime: { ...configured.lifetime, ...set?.override.lifetime },
      inactivity: { ...configured.inactivity, ...set?.override.inactivity },
      limits: { ...configured.limits, ...set?.override.limits },
      restrictions: {
        ...configured.restrictions,
        ...set?.override.restrictions,
      },
    },
    sources: Object.fromEntries(fields.map(field => [field, owner])),
  };
}

/** Default limits of a portal without configuration. */
export function theConfiguredPolicy(): ApiKeyPolicyLimits {
  const { lifetime, inactivity, limits, restrictions } = aPolicy();
  const { keysPerOwner } = limits;
  return { lifetime, inactivity, limits: { keysPerOwner }, restrictions };
}
