import { StatusFields, statusOf } from './status';

const CREATED = 1000;

it.each<[string, Partial<StatusFields>, number, string]>([
  ['a new key', {}, 1000, 'active'],
  ['a key without an expiry', {}, 1e15, 'active'],
  ['a key right before its expiry', { expiresAt: 2000 }, 1999, 'active'],
  ['a key at its expiry', { expiresAt: 2000 }, 2000, 'expired'],
  ['a revoked key', { revokedAt: 1500 }, 1600, 'revoked'],
  [
    'a revoked key past its expiry',
    { revokedAt: 1500, expiresAt: 1600 },
    1700,
    'revoked',
  ],
  [
    'an unused key within its timeout',
    { inactivityTimeout: 100 },
    1099,
    'active',
  ],
  [
    'an unused key after its timeout',
    { inactivityTimeout: 100 },
    1100,
    'inactive',
  ],
  [
    'a key used within its timeout',
    { inactivityTimeout: 100, lastUsedAt: 1050 },
    1149,
    'active',
  ],
  [
    'a key not used since its timeout',
    { inactivityTimeout: 100, lastUsedAt: 1050 },
    1150,
    'inactive',
  ],
  [
    'a key that was kept alive',
    { inactivityTimeout: 100, keptAliveAt: 1090 },
    1189,
    'active',
  ],
  [
    'a key that was kept alive too long ago',
    { inactivityTimeout: 100, keptAliveAt: 1090 },
    1190,
    'inactive',
  ],
  [
    'an unused key past its expiry',
    { inactivityTimeout: 100, expiresAt: 1200 },
    1200,
    'expired',
  ],
  [
    'a rotated key within the overlap',
    { overlapEndsAt: 2000 },
    1999,
    'retiring',
  ],
  ['a rotated key after the overlap', { overlapEndsAt: 2000 }, 2000, 'expired'],
  [
    'a rotated key that goes unused',
    { overlapEndsAt: 2000, inactivityTimeout: 100 },
    1100,
    'inactive',
  ],
])('%s', (_, life, now, status) => {
  expect(statusOf({ createdAt: CREATED, ...life }, now)).toBe(status);
});
