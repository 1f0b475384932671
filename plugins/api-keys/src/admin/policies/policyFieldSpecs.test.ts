import { policyEntries, policyValue, toPolicy } from './policyFieldSpecs';

const EVERYTHING = {
  lifetime: { default: 'P7D', max: 'P30D', allowUnlimited: false },
  inactivity: { default: null, max: 'PT12H' },
  limits: { keysPerOwner: 0 },
  restrictions: { required: true, maxPlugins: null, forbidden: ['search'] },
};

it('distinguishes unset from none, no and zero', () => {
  expect(policyValue(EVERYTHING, 'inactivity.default')).toBeNull();
  expect(policyValue(EVERYTHING, 'lifetime.allowUnlimited')).toBe(false);
  expect(policyValue(EVERYTHING, 'limits.keysPerOwner')).toBe(0);
  expect(policyValue({ lifetime: {} }, 'lifetime.max')).toBeUndefined();
  expect(policyValue({}, 'limits.keysPerOwner')).toBeUndefined();
});

it.each([
  [EVERYTHING],
  [{}],
  [{ inactivity: { max: null } }],
  [{ lifetime: { allowUnlimited: true }, limits: { keysPerOwner: 3 } }],
])('splits and joins %j', policy => {
  expect(toPolicy(policyEntries(policy))).toEqual(policy);
});
