/*
 * Configurations of `apiKeys` for the portal of a snapshot, in the order in which it is restarted with them. None of
 * the values is a secret: opening a snapshot needs all of them.
 */

/** Signs scanner reports, in snapshots only. */
export const LEAKS_SECRET = 'recorded scanner secret, which is none at all';

const FIRST_PEPPER = 'the first recorded pepper, not a secret';
const SECOND_PEPPER = 'the second recorded pepper, not a secret';

const ALWAYS = {
  lifetime: { allowUnlimited: true },
  // Flushes uses soon.
  lastUsed: { resolution: '1 second' },
  // A snapshot contains many refusals.
  limits: { failuresPerIp: { max: 1_000_000 } },
  scopes: {
    catalogApis: true,
    offered: [{ name: 'reports:read' }, { name: 'deploy' }],
  },
  leaks: { generic: { secrets: [LEAKS_SECRET] } },
};

/** Simulates a portal over time: first without a pepper, later with the first, in the end with the second one. */
export const EARLIER_CONFIGS = [
  ALWAYS,
  { ...ALWAYS, secret: { pepper: [FIRST_PEPPER, 'none'] } },
];

/** Configuration with which later releases open the snapshot. */
export const CONFIG = {
  ...ALWAYS,
  // Distinguishes secrets of snapshots from real ones.
  secret: {
    prefix: 'recorded',
    pepper: [SECOND_PEPPER, FIRST_PEPPER, 'none'],
  },
};
