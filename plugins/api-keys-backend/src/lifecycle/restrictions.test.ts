import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { KeyPolicy } from './policy';
import {
  requirePolicyOfRestrictions,
  requirePolicyOfSuccessor,
} from './restrictions';

type Case = [
  what: string,
  policy: Partial<KeyPolicy['restrictions']>,
  plugins: string[] | undefined,
  problem: string,
];

const listing = (plugins?: string[]): ApiKeyAccessRestriction[] | undefined =>
  plugins?.map(plugin => ({ plugin }));

const under = (policy: Partial<KeyPolicy['restrictions']>) => ({
  required: false,
  forbidden: [],
  ...policy,
});

const REFUSED: Case[] = [
  [
    'without restrictions where they are required',
    { required: true },
    undefined,
    'accessRestrictions must list the plugins',
  ],
  [
    'for too many plugins',
    { maxPlugins: 1 },
    ['catalog', 'search'],
    'accessRestrictions must list 1 plugins at most, and lists 2',
  ],
  [
    'for a forbidden plugin',
    { forbidden: ['search'] },
    ['catalog', 'search'],
    `accessRestrictions[1].plugin must not be 'search', which is forbidden`,
  ],
];

describe('a policy of restrictions', () => {
  it.each(REFUSED)('refuses a key %s', (_, policy, plugins, problem) => {
    expect(() =>
      requirePolicyOfRestrictions(under(policy), listing(plugins)),
    ).toThrow(problem);
  });

  it.each(REFUSED)(
    'refuses the successor of a key %s, and says to create another one',
    (_, policy, plugins, problem) => {
      const rotate = () =>
        requirePolicyOfSuccessor(under(policy), listing(plugins));
      expect(rotate).toThrow('The API key cannot be rotated');
      expect(rotate).toThrow(problem);
      expect(rotate).toThrow('Make a new API key');
    },
  );

  it.each<[string, Partial<KeyPolicy['restrictions']>, string[] | undefined]>([
    ['nothing is asked for', {}, undefined],
    ['restrictions are required', { required: true }, ['catalog']],
    ['so many are fine', { maxPlugins: 2 }, ['catalog', 'search']],
    ['others are forbidden', { forbidden: ['search'] }, ['catalog']],
    ['it is held to what is forbidden anyway', { forbidden: ['a'] }, undefined],
  ])('accepts a key if %s', (_, policy, plugins) => {
    requirePolicyOfRestrictions(under(policy), listing(plugins));
    requirePolicyOfSuccessor(under(policy), listing(plugins));
    expect.assertions(0);
  });
});
