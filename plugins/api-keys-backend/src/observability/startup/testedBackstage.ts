/**
 * Releases of Backstage that API keys are tested with, and the version of `@backstage/backend-defaults` in each. A backend with
 * an older release does not start; a newer one is logged.
 */
export const TESTED_BACKSTAGE = {
  oldest: { release: '1.53', backendDefaults: '0.17.5' },
  newest: { release: '1.57', backendDefaults: '0.19.0' },
} as const;
