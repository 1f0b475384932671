import { KeyPolicy, PolicyOverride, resolvePolicy } from './policy';

const DAY = 24 * 60 * 60 * 1000;
const ADA = 'user:default/ada';
const STAFF = 'group:default/staff';
const CONTRACTORS = 'group:default/contractors';

const CONFIGURED: KeyPolicy = {
  lifetime: { default: 90 * DAY, max: 365 * DAY, allowUnlimited: true },
  inactivity: {},
  limits: { keysPerOwner: 50 },
  restrictions: { required: false, maxPlugins: undefined, forbidden: [] },
};

const resolve = (overrides: Record<string, PolicyOverride>) =>
  resolvePolicy(
    CONFIGURED,
    ADA,
    Object.entries(overrides).map(([owner, override]) => ({ owner, override })),
  );

describe('the policy of an owner', () => {
  it('is the configured one if there is no override', () => {
    expect(resolve({})).toEqual({ policy: CONFIGURED, sources: {} });
    expect(resolve({ [ADA]: {} })).toEqual({ policy: CONFIGURED, sources: {} });
  });

  it('is that of a group, with the owner of the override for each field', () => {
    expect(
      resolve({ [STAFF]: { limits: { keysPerOwner: 200 } } }),
    ).toMatchObject({
      policy: { ...CONFIGURED, limits: { keysPerOwner: 200 } },
      sources: { 'limits.keysPerOwner': STAFF },
    });
  });

  it.each<[string, PolicyOverride, PolicyOverride, object]>([
    [
      'the shortest lifetime',
      { lifetime: { max: 30 * DAY } },
      { lifetime: { max: 60 * DAY } },
      { lifetime: { max: 30 * DAY } },
    ],
    [
      'some inactivity timeout, where another asks for none',
      { inactivity: { max: 7 * DAY } },
      { inactivity: { max: null } },
      { inactivity: { max: 7 * DAY } },
    ],
    [
      'the fewest keys',
      { limits: { keysPerOwner: 0 } },
      { limits: { keysPerOwner: 5 } },
      { limits: { keysPerOwner: 0 } },
    ],
    [
      'no unlimited keys',
      { lifetime: { allowUnlimited: false } },
      { lifetime: { allowUnlimited: true } },
      { lifetime: { allowUnlimited: false } },
    ],
    [
      'restrictions',
      { restrictions: { required: true } },
      { restrictions: { required: false } },
      { restrictions: { required: true } },
    ],
    [
      'the fewest plugins',
      { restrictions: { maxPlugins: 3 } },
      { restrictions: { maxPlugins: null } },
      { restrictions: { maxPlugins: 3 } },
    ],
    [
      'what any of them forbids',
      { restrictions: { forbidden: ['scaffolder', 'search'] } },
      { restrictions: { forbidden: ['catalog', 'search'] } },
      { restrictions: { forbidden: ['catalog', 'scaffolder', 'search'] } },
    ],
  ])('of the strictest group means %s', (_, one, other, expected) => {
    for (const overrides of [
      { [CONTRACTORS]: one, [STAFF]: other },
      { [STAFF]: other, [CONTRACTORS]: one },
    ]) {
      expect(resolve(overrides).policy).toMatchObject(expected);
    }
  });

  it('is the owner’s own before that of any group, field by field', () => {
    const { policy, sources } = resolve({
      [CONTRACTORS]: {
        lifetime: { max: 30 * DAY },
        limits: { keysPerOwner: 2 },
      },
      [ADA]: { limits: { keysPerOwner: 10 } },
    });
    expect(policy.limits.keysPerOwner).toBe(10);
    expect(policy.lifetime.max).toBe(30 * DAY);
    expect(sources).toMatchObject({
      'limits.keysPerOwner': ADA,
      'lifetime.max': CONTRACTORS,
    });
  });

  it('with a maximum forbids keys without expiry, unless it says otherwise', () => {
    const max = 30 * DAY;
    const { lifetime } = resolve({ [STAFF]: { lifetime: { max } } }).policy;
    expect(lifetime.allowUnlimited).toBe(false);
    const override = { lifetime: { max, allowUnlimited: true } };
    expect(resolve({ [STAFF]: override }).policy.lifetime).toEqual({
      default: max,
      max,
      allowUnlimited: true,
    });
  });

  it('lowers a default to the maximum, and names the owner of that override', () => {
    const { policy, sources } = resolve({
      [STAFF]: { lifetime: { max: 30 * DAY }, inactivity: { max: 7 * DAY } },
    });
    expect(policy.lifetime.default).toBe(30 * DAY);
    expect(policy.inactivity).toEqual({ default: 7 * DAY, max: 7 * DAY });
    expect(sources['lifetime.default']).toBe(STAFF);
  });

  it('forbids plugins that the configuration forbids, whatever the override', () => {
    const configured = {
      ...CONFIGURED,
      restrictions: { required: false, forbidden: ['catalog'] },
    };
    const staff = {
      owner: STAFF,
      override: { restrictions: { forbidden: ['search'] } },
    };
    expect(resolvePolicy(configured, ADA, [staff])).toMatchObject({
      policy: { restrictions: { forbidden: ['catalog', 'search'] } },
      sources: { 'restrictions.forbidden': STAFF },
    });
    const own = { owner: ADA, override: { restrictions: { forbidden: [] } } };
    expect(resolvePolicy(configured, ADA, [staff, own])).toMatchObject({
      policy: { restrictions: { forbidden: ['catalog'] } },
      sources: { 'restrictions.forbidden': ADA },
    });
  });

  it('can lift limits of the configuration', () => {
    const strict = { ...CONFIGURED, inactivity: { default: DAY, max: DAY } };
    const lift = { inactivity: { default: null, max: null } };
    const { policy } = resolvePolicy(strict, ADA, [
      { owner: ADA, override: lift },
    ]);
    expect(policy.inactivity).toEqual({ default: undefined, max: undefined });
  });
});
