import { Config } from '@backstage/config';

const KNOWN_KEYS: Record<string, string[]> = {
  apiKeys: [
    'secret',
    'lifetime',
    'inactivity',
    'rotation',
    'limits',
    'restrictions',
    'scopes',
    'lastUsed',
    'owners',
    'admins',
    'warnings',
    'offboarding',
    'events',
    'keys',
    'accept',
    'verification',
    'leaks',
    'webhooks',
  ],
  'apiKeys.inactivity': ['default', 'max'],
  'apiKeys.secret': ['prefix', 'pepper'],
  'apiKeys.lifetime': ['default', 'max', 'allowUnlimited'],
  'apiKeys.rotation': ['maxOverlap', 'revokeFamilyOnReuse'],
  'apiKeys.owners': ['groups', 'identityAnnotations', 'parentGroups'],
  'apiKeys.accept': ['bearer', 'header', 'basic', 'query'],
  'apiKeys.limits.requests': ['max', 'per'],
  'apiKeys.limits.failuresPerIp': ['max', 'per'],
  'apiKeys.limits': ['keysPerOwner', 'requests', 'failuresPerIp'],
  'apiKeys.restrictions': [
    'required',
    'maxPlugins',
    'forbidden',
    'guardedRoutes',
    'guardedActions',
  ],
  'apiKeys.scopes': ['offered', 'catalogApis'],
  'apiKeys.lastUsed': ['resolution', 'recordIp', 'excludePlugins'],
  'apiKeys.verification': ['maxStaleness'],
  'apiKeys.leaks': ['action', 'github', 'generic'],
  'apiKeys.leaks.github': ['enabled', 'keysUrl', 'token'],
  'apiKeys.leaks.generic': ['secrets'],
  'apiKeys.warnings': [
    'beforeExpiry',
    'beforeInactivity',
    'afterExpiry',
    'onCreation',
  ],
  'apiKeys.offboarding': ['revokeAfter'],
  'apiKeys.events': ['retention'],
  'apiKeys.keys': ['retention'],
};

/** @throws Error for a misspelt key: a limit that is not applied is worse than none */
export function refuseUnknownKeys(config: Config) {
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
