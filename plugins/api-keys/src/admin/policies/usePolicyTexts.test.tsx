import { screen } from '@testing-library/react';
import {
  ApiKeyPolicyField,
  ApiKeyPolicyOverride,
} from 'backstage-plugin-api-keys-common';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { PolicyValue } from './policyFieldSpecs';
import { usePolicyTexts } from './usePolicyTexts';

it.each<[ApiKeyPolicyOverride, string]>([
  [
    { limits: { keysPerOwner: 5 }, lifetime: { max: 'P30D' } },
    'Lives 30 days at most · 5 keys at most',
  ],
  [
    { lifetime: { default: 'PT12H', allowUnlimited: true } },
    'Lives 12 hours by default · May have no expiry',
  ],
  [{ lifetime: { allowUnlimited: false } }, 'Must have an expiry'],
  [
    { inactivity: { default: 'P7D', max: 'P9D' } },
    'Inactive after 9 days without use at the latest · Inactive after 7 days without use by default',
  ],
  [
    { inactivity: { default: null, max: null } },
    'Any inactivity timeout · No inactivity timeout by default',
  ],
  [
    { restrictions: { required: true, maxPlugins: 2, forbidden: ['search'] } },
    'Must be restricted to some plugins · Restricted to 2 plugins at most · Not for search',
  ],
  [
    { restrictions: { required: false, maxPlugins: null, forbidden: [] } },
    'Need not be restricted · Restricted to any number of plugins · No further plugin forbidden',
  ],
  [{ limits: { keysPerOwner: 1 } }, '1 key at most'],
  [{ limits: { keysPerOwner: 0 } }, 'No keys'],
])('says %j as “%s”', async (policy, words) => {
  const Phrases = () => <p>{usePolicyTexts().phrasesOf(policy).join(' · ')}</p>;
  renderWithApis(<Phrases />);
  expect(await screen.findByText(words)).toBeInTheDocument();
});

it.each<[ApiKeyPolicyField, PolicyValue, string]>([
  ['lifetime.max', 'P365D', '365 days'],
  ['lifetime.allowUnlimited', true, 'Allowed'],
  ['lifetime.allowUnlimited', false, 'Forbidden'],
  ['inactivity.max', null, 'No limit'],
  ['inactivity.default', null, 'None'],
  ['limits.keysPerOwner', 1, '1 key'],
  ['limits.keysPerOwner', 0, 'No keys'],
  ['restrictions.required', true, 'Required'],
  ['restrictions.required', false, 'Not required'],
  ['restrictions.maxPlugins', 1, '1 plugin at most'],
  ['restrictions.maxPlugins', null, 'No limit'],
  ['restrictions.forbidden', ['search', 'scaffolder'], 'search, scaffolder'],
  ['restrictions.forbidden', [], 'None'],
])('says that %s is %j as “%s”', async (field, value, words) => {
  const Value = () => <p>{usePolicyTexts().valueInWords(field, value)}</p>;
  renderWithApis(<Value />);
  expect(await screen.findByText(words)).toBeInTheDocument();
});
