import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { aPolicy } from '../../__testUtils__/keys';
import {
  InactivityChoice,
  inactivityChoiceOf,
  inactivityChoices,
  initialInactivity,
  resolveInactivity,
} from './inactivity';

const under = (overrides: Partial<ApiKeyPolicy['inactivity']> = {}) =>
  aPolicy({ inactivity: overrides }).inactivity;

describe('inactivityChoices', () => {
  it.each<[string, Parameters<typeof under>[0], InactivityChoice[]]>([
    ['no limit', {}, ['none', 'P7D', 'P30D', 'P90D']],
    [
      'a default, which need not be taken',
      { default: 'P60D' },
      ['none', 'default', 'P7D', 'P30D', 'P90D'],
    ],
    [
      'a default that is one of the presets',
      { default: 'PT720H' },
      ['none', 'default', 'P7D', 'P90D'],
    ],
    [
      'a maximum, which rules out none',
      { default: 'P30D', max: 'P30D' },
      ['default', 'P7D'],
    ],
    [
      'a maximum below every preset',
      { default: 'P1D', max: 'P1D' },
      ['default'],
    ],
  ])('offers what is left by %s', (_, policy, expected) => {
    expect(inactivityChoices(under(policy))).toEqual(expected);
  });

  it.each<[InactivityChoice, InactivityChoice[]]>([
    ['P14D', ['none', 'P7D', 'P14D', 'P30D', 'P90D']],
    ['P30D', ['none', 'P7D', 'P30D', 'P90D']],
    ['none', ['none', 'P7D', 'P30D', 'P90D']],
  ])('includes %s if it is chosen, in order', (chosen, expected) => {
    expect(inactivityChoices(under(), chosen)).toEqual(expected);
  });

  it('does not include a chosen value that the policy forbids', () => {
    const strict = under({ default: 'P7D', max: 'P10D' });
    expect(inactivityChoices(strict, 'P14D')).toEqual(['default']);
    expect(inactivityChoices(strict, 'none')).toEqual(['default']);
  });
});

describe('initialInactivity', () => {
  it('is the default, if there is one', () => {
    expect(initialInactivity(under())).toBe('none');
    expect(initialInactivity(under({ default: 'P30D' }))).toBe('default');
  });
});

describe('inactivityChoiceOf', () => {
  it.each([
    [null, {}, 'none'],
    [null, { default: 'P30D' }, 'none'],
    [null, { default: 'P30D', max: 'P30D' }, undefined],
    ['P30D', { default: 'P30D' }, 'default'],
    ['PT2160H', {}, 'P90D'],
    ['P45D', {}, 'P45D'],
    ['P45D', { default: 'P30D', max: 'P45D' }, 'P45D'],
    ['P45D', { default: 'P30D', max: 'P44D' }, undefined],
  ])('of %s under %j is %s', (timeout, policy, expected) => {
    expect(inactivityChoiceOf(under(policy), timeout)).toBe(expected);
  });
});

describe('resolveInactivity', () => {
  it.each<[InactivityChoice, Parameters<typeof under>[0], object]>([
    ['none', {}, { timeout: null, request: {} }],
    [
      'none',
      { default: 'P30D' },
      { timeout: null, request: { inactivityTimeout: null } },
    ],
    ['default', { default: 'P30D' }, { timeout: 'P30D', request: {} }],
    ['P7D', {}, { timeout: 'P7D', request: { inactivityTimeout: 'P7D' } }],
  ])('of %s under %j', (choice, policy, expected) => {
    expect(resolveInactivity(choice, under(policy))).toEqual(expected);
  });
});
