import {
  ApiKeyPolicyLimits,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import { KeyPolicy } from '../lifecycle/policy';

/** A policy as the HTTP API shows it. */
export function toPolicyLimits({
  lifetime,
  inactivity,
  limits,
  restrictions,
}: KeyPolicy): ApiKeyPolicyLimits {
  return {
    lifetime: {
      default: toIsoDuration(lifetime.default),
      max: toIsoDuration(lifetime.max),
      allowUnlimited: lifetime.allowUnlimited,
    },
    inactivity: {
      default: isoOrNull(inactivity.default),
      max: isoOrNull(inactivity.max),
    },
    limits: { keysPerOwner: limits.keysPerOwner },
    restrictions: {
      required: restrictions.required,
      maxPlugins: restrictions.maxPlugins ?? null,
      forbidden: restrictions.forbidden,
    },
  };
}

function isoOrNull(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : toIsoDuration(milliseconds);
}
