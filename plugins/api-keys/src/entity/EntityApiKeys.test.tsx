import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, screen } from '@testing-library/react';
import { COMPANY } from '../__testUtils__/company';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { EntityApiKeysCard } from './EntityApiKeysCard';
import { EntityApiKeysContent } from './EntityApiKeysContent';

const [ADA, LINUS, TEAM_A] = COMPANY;
const TEAM_B = {
  ...TEAM_A,
  metadata: { ...TEAM_A.metadata, name: 'team-b' },
};

const KEYS = [
  aKey({ id: 'own', name: 'My script' }),
  aKey({ id: 'team', name: 'Deploy', owner: 'group:default/team-a' }),
  aKey({ id: 'old', name: 'Long gone', status: 'revoked' }),
];

function show(
  element: JSX.Element,
  entity: (typeof COMPANY)[number],
  api = new FakeApiKeysApi(KEYS),
) {
  renderWithApis(<EntityProvider entity={entity}>{element}</EntityProvider>, {
    api,
  });
  return api;
}

describe.each([
  ['EntityApiKeysCard', <EntityApiKeysCard key="card" />],
  ['EntityApiKeysContent', <EntityApiKeysContent key="tab" />],
])('%s', (_, element) => {
  it('shows the working keys of the user on the page of the user', async () => {
    show(element, ADA);
    expect(
      await screen.findByRole('link', { name: 'My script' }),
    ).toHaveAttribute('href', '/api-keys/own');
    expect(screen.getByText('Active')).toBeInTheDocument();
    expect(screen.getByText('in 87 days')).toBeInTheDocument();
    expect(screen.queryByText('Deploy')).not.toBeInTheDocument();
    expect(screen.queryByText('Long gone')).not.toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Manage API keys' }),
    ).toHaveAttribute('href', '/api-keys');
  });

  it('shows when a rotated key ends instead of its expiry', async () => {
    const retiring = aKey({
      status: 'retiring',
      overlapEndsAt: fromNow({ days: 5 }),
    });
    show(element, ADA, new FakeApiKeysApi([retiring]));
    const item = await screen.findByRole('listitem');
    expect(item).toHaveTextContent('Ends in 5 days at the latest');
    expect(item).not.toHaveTextContent('Expires');
  });

  it('shows the keys of a group to its members', async () => {
    show(element, TEAM_A);
    expect(
      await screen.findByRole('link', { name: 'Deploy' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('My script')).not.toBeInTheDocument();
  });

  it('shows an empty state', async () => {
    show(element, TEAM_A, new FakeApiKeysApi());
    expect(
      await screen.findByText('This group has no working API keys.'),
    ).toBeInTheDocument();
  });

  it('shows an error', async () => {
    const api = new FakeApiKeysApi();
    api.fail('listKeys', await refusal(503, 'Error', 'The database is away'));
    show(element, ADA, api);
    expect(
      await screen.findByText('The API keys could not be loaded'),
    ).toBeInTheDocument();
  });

  it.each([
    ['another user', LINUS],
    ['a group of others', TEAM_B],
  ])('does not ask for the keys of %s', async (__, entity) => {
    const api = show(element, entity);
    await act(async () => {});
    expect(screen.queryByRole('listitem')).not.toBeInTheDocument();
    expect(api.callsOf('listKeys')).toEqual([]);
  });
});

describe('on pages of other entities', () => {
  it('there is no card', async () => {
    show(<EntityApiKeysCard />, TEAM_B);
    await act(async () => {});
    expect(screen.queryByText('API keys')).not.toBeInTheDocument();
  });

  it.each([
    [LINUS, 'Only the users themselves see their API keys.'],
    [TEAM_B, 'Only members see the API keys of this group.'],
  ])('the tab explains whose keys can be seen', async (entity, text) => {
    show(<EntityApiKeysContent />, entity);
    expect(await screen.findByText(text)).toBeInTheDocument();
  });
});
