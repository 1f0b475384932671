import { screen } from '@testing-library/react';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { reading } from './restrictions';
import { useRightsTexts } from './useRightsTexts';

it.each<[ApiKeyAccessRestriction[] | null, string[], string]>([
  [null, [], 'Everything you can do'],
  [null, ['search'], 'Everything you can do, except in search'],
  [[], [], 'Nothing in Backstage'],
  [[reading('catalog')], [], 'Reads the catalog; nothing else'],
  [
    [{ plugin: 'catalog' }, { plugin: 'scaffolder' }, reading('search')],
    [],
    'Everything in the catalog and the scaffolder; reads search; nothing else',
  ],
  [
    [{ plugin: 'cost-insights', permission: ['a', 'b'] }],
    [],
    '2 permissions in cost-insights; nothing else',
  ],
  [
    [
      {
        plugin: 'catalog',
        permissionAttribute: { action: ['read', 'update'] },
      },
    ],
    [],
    'May read and update in the catalog; nothing else',
  ],
  [
    ['catalog', 'b', 'c', 'd', 'e', 'f'].map(reading),
    [],
    'Reads the catalog, b, c, and 3 other plugins; nothing else',
  ],
  [[{ plugin: 'catalog' }], ['catalog'], 'Nothing in Backstage'],
])('says %j without %j as “%s”', async (restrictions, forbidden, words) => {
  const Sentence = () => (
    <p>
      {useRightsTexts().sentenceOf(
        restrictions,
        'Everything you can do',
        forbidden,
      )}
    </p>
  );
  renderWithApis(<Sentence />);
  expect(await screen.findByText(words)).toBeInTheDocument();
});

it.each<[ApiKeyAccessRestriction[] | null, string[], string]>([
  [null, [], 'Everything; outside: services that ask for no scope'],
  [
    null,
    ['Reports'],
    'Everything; outside: Reports and services that ask for no scope',
  ],
  [[reading('catalog')], [], 'Reads the catalog; nothing else'],
  [
    [reading('catalog')],
    ['Reports', 'deploy'],
    'Reads the catalog; nothing else in Backstage; outside: Reports and deploy',
  ],
  [[], ['deploy'], 'Nothing in Backstage; outside: deploy'],
  [
    [],
    ['a', 'b', 'c', 'd', 'e'],
    'Nothing in Backstage; outside: a, b, c, and 2 other scopes',
  ],
])(
  'says %j with the scopes %j as “%s”',
  async (restrictions, outside, words) => {
    const Sentence = () => (
      <p>
        {useRightsTexts().sentenceOf(restrictions, 'Everything', [], outside)}
      </p>
    );
    renderWithApis(<Sentence />);
    expect(await screen.findByText(words)).toBeInTheDocument();
  },
);
