import { ApiKeyPolicyField } from 'backstage-plugin-api-keys-common';
import { anOverride } from '../../__testUtils__/ownerPolicies';
import { limitErrors, ownerError, isEmpty } from './policyErrors';
import { initialValues } from './policyForm';

const problemOf = (field: ApiKeyPolicyField, number: string) =>
  limitErrors({ ...initialValues(), [field]: { choice: 'number', number } })[
    field
  ];

it.each(['', '0', '-1', '1.5', '1e3', 'a week', '1000000'])(
  'a lifetime of “%s” days is a problem',
  number => {
    expect(problemOf('lifetime.max', number)).toBe('days');
    expect(problemOf('inactivity.default', number)).toBe('days');
  },
);

it.each(['', '-1', '1.5', '10001', 'many'])(
  '“%s” keys are a problem',
  number => {
    expect(problemOf('limits.keysPerOwner', number)).toBe('keys');
  },
);

it.each(['0', ' 5 ', '10000'])('“%s” keys are none', number => {
  expect(problemOf('limits.keysPerOwner', number)).toBeUndefined();
});

it.each(['', '0', '-1', '1.5', '101', 'some'])(
  '“%s” plugins are a problem',
  number => {
    expect(problemOf('restrictions.maxPlugins', number)).toBe('plugins');
  },
);

it.each(['1', '100'])('“%s” plugins are none', number => {
  expect(problemOf('restrictions.maxPlugins', number)).toBeUndefined();
});

it('wants at least one plugin to forbid', () => {
  const form = initialValues({ restrictions: { forbidden: ['search'] } });
  expect(limitErrors(form)).toEqual({});
  form['restrictions.forbidden'].plugins = [];
  expect(limitErrors(form)).toEqual({
    'restrictions.forbidden': 'noPlugins',
  });
});

it.each([
  [{ lifetime: { default: 'P31D', max: 'P30D' } }, 'lifetime.default'],
  [{ lifetime: { default: 'P31D', max: 'P1M' } }, 'lifetime.default'],
  [{ inactivity: { default: 'P1D', max: 'PT12H' } }, 'inactivity.default'],
])('in %j, %s is longer than the maximum', (policy, field) => {
  expect(limitErrors(initialValues(policy))).toEqual({
    [field]: 'longerThanMax',
  });
});

it.each([
  [{ lifetime: { default: 'P30D', max: 'P30D' } }],
  [{ lifetime: { default: 'P300D' } }],
  [{ inactivity: { default: null, max: 'P1D' } }],
  [{ inactivity: { default: 'P9D', max: null } }],
])('nothing is wrong with %j', policy => {
  expect(limitErrors(initialValues(policy))).toEqual({});
});

it('knows a form that says nothing', () => {
  expect(isEmpty(initialValues())).toBe(true);
  expect(isEmpty(initialValues({ inactivity: { max: null } }))).toBe(false);
});

it.each([
  ['', 'ownerMissing'],
  ['component:default/site', 'ownerKind'],
  ['group:default/team-a', 'ownerTaken'],
  ['user:default/ada', undefined],
])('sets a policy for “%s”, but for %s', (owner, problem) => {
  const items = [anOverride('group:default/team-a', {})];
  expect(ownerError(owner, items)).toBe(problem);
});
