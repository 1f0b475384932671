import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { UnconfirmedOwners } from './UnconfirmedOwners';

const PRIYA = 'user:default/priya';
const TEAM = 'group:default/team-a';
const since = '2030-01-01T00:00:00Z';

function setUp() {
  const api = new FakeApiKeysApi([aKey()]);
  api.unconfirmedOwners = [
    { owner: PRIYA, since, keys: 2 },
    { owner: TEAM, since, keys: 1 },
  ];
  const onConfirmed = jest.fn(async () => {});
  renderWithApis(<UnconfirmedOwners onConfirmed={onConfirmed} />, { api });
  return { api, onConfirmed, user: userEvent.setup() };
}

async function openFirst(user: ReturnType<typeof userEvent.setup>) {
  const [first] = await screen.findAllByRole('button', { name: 'Answer…' });
  await user.click(first);
  return screen.findByRole('dialog', {
    name: `Is ${PRIYA} the same as before?`,
  });
}

describe('UnconfirmedOwners', () => {
  it('asks about the user and each group', async () => {
    setUp();
    expect(
      await screen.findByText(/2 API keys of user:default\/priya are refused/),
    ).toHaveTextContent('whoever had this account before. Are they yours?');
    expect(
      screen.getByText(/1 API key of group:default\/team-a is refused/),
    ).toHaveTextContent('Is it your group’s?');
  });

  it.each([
    ['The same, let them work', true],
    ['Somebody else, revoke them', false],
  ])('accepts the answer “%s” once', async (button, same) => {
    const { api, onConfirmed, user } = setUp();
    expect(await openFirst(user)).toHaveTextContent('cannot be undone');
    await user.click(screen.getByRole('button', { name: button }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.callsOf('confirmOwner')).toEqual([[PRIYA, { same }]]);
    expect(onConfirmed).toHaveBeenCalledTimes(1);
    expect(screen.queryByText(/priya/)).not.toBeInTheDocument();
    expect(screen.getByText(/team-a/)).toBeInTheDocument();
  });

  it('shows an error and stays', async () => {
    const { api, user } = setUp();
    const message = 'user:default/priya is not in the catalog';
    api.fail('confirmOwner', await refusal(409, 'ConflictError', message));
    await openFirst(user);
    await user.click(
      screen.getByRole('button', { name: 'The same, let them work' }),
    );
    expect(await screen.findByText(message)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.getByText(/user:default\/priya/)).toBeInTheDocument();
  });

  it('shows nothing if no owner needs confirmation, or on an error', async () => {
    const api = new FakeApiKeysApi();
    api.fail('listUnconfirmedOwners', await refusal(503, 'Error', 'Away'));
    renderWithApis(<UnconfirmedOwners onConfirmed={async () => {}} />, { api });
    await waitFor(() =>
      expect(api.callsOf('listUnconfirmedOwners')).toHaveLength(1),
    );
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
