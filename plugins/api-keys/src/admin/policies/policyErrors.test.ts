import { ApiKeyPolicyField } from 'backstage-plugin-api-keys-common';
import { anOverride } from '../../__testUtils__/ownerPolicies';
import { limitErrors, ownerError, isEmpty } from './policyErrors';
import { initialValues } from './policyForm';

const problemOf = (field: ApiKeyPolicyField, number: string) =>
  limitErrors({ ...initialValues(), [field]: { choice: 'number', number } })[
    field
  ];

it.each(['', '0', '-1', '1.5', '1e3', 'a week', '1000000'])(
  'rejects a lifetime of “%s” days',
  number => {
    expect(problemOf('lifetime.max', number)).toBe('days');
    expect(problemOf('inactivity.default', number)).toBe('days');
  },
);

it.each(['', '-1', '1.5', '10001', 'many'])('rejects “%s” keys', number => {
  expect(problemOf('limits.keysPerOwner', number)).toBe('keys');
});

it.each(['0', ' 5 ', '10000'])('accepts “%s” keys', number => {
  expect(problemOf('limits.keysPerOwner', number)).toBeUndefined();
});

it.each(['', '0', '-1', '1.5', '101', 'some'])(
  'rejects “%s” plugins',
  number => {
    expect(problemOf('restrictions.maxPlugins', number)).toBe('plugins');
  },
);

it.each(['1', '100'])('accepts “%s” plugins', number => {
  expect(problemOf('restrictions.maxPlugins', number)).toBeUndefined();
});

it('requires at least one plugin to forbid', () => {
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
])('rejects %j, where %s is longer than the maximum', (policy, field) => {
  expect(limitErrors(initialValues(policy))).toEqual({
    [field]: 'longerThanMax',
  });
});

it.each([
  [{ lifetime: { default: 'P30D', max: 'P30D' } }],
  [{ lifetime: { default: 'P300D' } }],
  [{ inactivity: { default: null, max: 'P1D' } }],
  [{ inactivity: { default: 'P9D', max: null } }],
])('accepts %j', policy => {
  expect(limitErrors(initialValues(policy))).toEqual({});
});

it('detects an empty form', () => {
  expect(isEmpty(initialValues())).toBe(true);
  expect(isEmpty(initialValues({ inactivity: { max: null } }))).toBe(false);
});

it.each([
  ['', 'ownerMissing'],
  ['component:default/site', 'ownerKind'],
  ['group:default/team-a', 'ownerTaken'],
  ['user:default/ada', undefined],
])('validates the owner “%s”: %s', (owner, problem) => {
  const items = [anOverride('group:default/team-a', {})];
  expect(ownerError(owner, items)).toBe(problem);
});
