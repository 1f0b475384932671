import {
  ApiKeyOwnerOverride,
  ApiKeyOwnerPolicy,
  ApiKeyPolicyField,
  ApiKeyPolicyLimits,
  ApiKeyPolicyOverride,
} from 'backstage-plugin-api-keys-common';
import { aPolicy, fromNow } from './keys';

/** What was set for an owner yesterday. */
export const anOverride = (
  owner: string,
  override: ApiKeyPolicyOverride,
): ApiKeyOwnerOverride => ({
  owner,
  override,
  updatedAt: fromNow({ days: -1 }),
  updatedBy: 'user:default/grace',
});

/** The policy of an owner who is in no group: what was set for the owner, or else what is configured. */
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

/** What a portal is held to that configures nothing. */
export function theConfiguredPolicy(): ApiKeyPolicyLimits {
  const { lifetime, inactivity, limits, restrictions } = aPolicy();
  const { keysPerOwner } = limits;
  return { lifetime, inactivity, limits: { keysPerOwner }, restrictions };
}
