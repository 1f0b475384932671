import { boundsOf, lifeWithin } from './limits';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2030, 0, 1);
const BOUNDS = {
  maxLifetime: 30 * DAY,
  allowUnlimited: false,
  maxInactivity: 7 * DAY,
};

describe('the life of a key under a policy', () => {
  it.each<[string, Parameters<typeof lifeWithin>, object]>([
    [
      'is what was asked for, if that is less',
      [
        BOUNDS,
        {
          createdAt: NOW,
          requestedExpiresAt: NOW + DAY,
          requestedInactivityTimeout: DAY,
        },
      ],
      { expiresAt: NOW + DAY, inactivityTimeout: DAY },
    ],
    [
      'is the most that there is, if more was asked for',
      [
        BOUNDS,
        {
          createdAt: NOW,
          requestedExpiresAt: NOW + 90 * DAY,
          requestedInactivityTimeout: 90 * DAY,
        },
      ],
      { expiresAt: NOW + 30 * DAY, inactivityTimeout: 7 * DAY },
    ],
    [
      'ends, if no end was asked for',
      [BOUNDS, { createdAt: NOW }],
      { expiresAt: NOW + 30 * DAY, inactivityTimeout: 7 * DAY },
    ],
    [
      'has no end where that is allowed',
      [
        { ...BOUNDS, allowUnlimited: true, maxInactivity: null },
        { createdAt: NOW },
      ],
      { expiresAt: undefined, inactivityTimeout: undefined },
    ],
    [
      'has an end that was asked for, also where none is needed',
      [
        { ...BOUNDS, allowUnlimited: true },
        { createdAt: NOW, requestedExpiresAt: NOW + 90 * DAY },
      ],
      { expiresAt: NOW + 30 * DAY, inactivityTimeout: 7 * DAY },
    ],
    [
      'is a year by the calendar, if that was asked for, where 365 days are allowed',
      [
        { ...BOUNDS, maxLifetime: 365 * DAY },
        {
          createdAt: Date.UTC(2027, 5, 1),
          requestedExpiresAt: Date.UTC(2028, 5, 1),
        },
      ],
      { expiresAt: Date.UTC(2028, 5, 1), inactivityTimeout: 7 * DAY },
    ],
    [
      'is 365 days, if more than a year by the calendar was asked for',
      [
        { ...BOUNDS, maxLifetime: 365 * DAY },
        {
          createdAt: Date.UTC(2027, 5, 1),
          requestedExpiresAt: Date.UTC(2028, 5, 1) + 1,
        },
      ],
      { expiresAt: Date.UTC(2028, 4, 31), inactivityTimeout: 7 * DAY },
    ],
  ])('%s', (_, [bounds, key], expected) => {
    expect(lifeWithin(bounds, key)).toEqual(expected);
  });
});

describe('the limits of a policy for existing keys', () => {
  const policyWith = (...forbidden: string[]) => ({
    lifetime: { default: DAY, max: 30 * DAY, allowUnlimited: false },
    inactivity: { max: 7 * DAY },
    limits: { keysPerOwner: 50 },
    restrictions: { required: true, forbidden },
  });

  it('stay as they were before plugins could be forbidden, if none is', () => {
    const policy = policyWith('catalog');
    expect(boundsOf(policy, policy)).toEqual(BOUNDS);
  });

  it('contain the plugins that are forbidden in addition to the configuration', () => {
    expect(
      boundsOf(policyWith('catalog', 'search'), policyWith('catalog')),
    ).toEqual({ ...BOUNDS, forbiddenPlugins: ['search'] });
  });
});
