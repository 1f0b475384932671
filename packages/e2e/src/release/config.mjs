/*
 * The `apiKeys` of a portal that is recorded, in the order in which it is restarted with them. None of this is a secret: whoever
 * reads a recording needs all of it.
 */

/** What scanners sign with, in recordings alone. */
export const LEAKS_SECRET = 'recorded scanner secret, which is none at all';

const FIRST_PEPPER = 'the first recorded pepper, not a secret';
const SECOND_PEPPER = 'the second recorded pepper, not a secret';

const ALWAYS = {
  lifetime: { allowUnlimited: true },
  // Uses are in the database soon after.
  lastUsed: { resolution: '1 second' },
  // Recorded are a lot of refusals.
  limits: { failuresPerIp: { max: 1_000_000 } },
  scopes: {
    catalogApis: true,
    offered: [{ name: 'reports:read' }, { name: 'deploy' }],
  },
  leaks: { generic: { secrets: [LEAKS_SECRET] } },
};

/** Like a portal that lives on: at first without a pepper, in the end with the second one. */
export const EARLIER_CONFIGS = [
  ALWAYS,
  { ...ALWAYS, secret: { pepper: [FIRST_PEPPER, 'none'] } },
];

/** With this one it is opened again by later releases. */
export const CONFIG = {
  ...ALWAYS,
  // What is recorded can be told from secrets that matter.
  secret: {
    prefix: 'recorded',
    pepper: [SECOND_PEPPER, FIRST_PEPPER, 'none'],
  },
};
