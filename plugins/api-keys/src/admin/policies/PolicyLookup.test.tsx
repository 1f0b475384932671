import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKeyOwnerPolicy } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { refusal } from '../../__testUtils__/keys';
import { describePolicy } from '../../__testUtils__/ownerPolicies';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { OwnerPolicies } from './OwnerPolicies';

const LINUS = 'user:default/linus';
const CONTRACTORS = 'group:default/contractors';

const HELD_BY_GROUP: Partial<ApiKeyOwnerPolicy> = {
  memberOf: [CONTRACTORS, 'group:default/team-b'],
  effective: {
    lifetime: { default: 'P30D', max: 'P30D', allowUnlimited: false },
    inactivity: { default: null, max: null },
    limits: { keysPerOwner: 5 },
    restrictions: { required: false, maxPlugins: null, forbidden: [] },
  },
  sources: {
    'lifetime.max': CONTRACTORS,
    'lifetime.default': CONTRACTORS,
    'limits.keysPerOwner': LINUS,
  },
};

function setUp(
  policy: Partial<ApiKeyOwnerPolicy> = {},
  owner = LINUS,
  api = new FakeApiKeysApi(),
) {
  const answer = describePolicy(owner, undefined, api.configured);
  const ask = jest
    .spyOn(api, 'getOwnerPolicy')
    .mockResolvedValue({ ...answer, ...policy });
  const at = `/?owner=${encodeURIComponent(owner)}`;
  renderWithApis(<OwnerPolicies />, { api, at });
  return { api, ask, user: userEvent.setup() };
}

const lookup = () =>
  screen.findByRole('region', { name: 'What holds for whom' });

describe('PolicyLookup', () => {
  it('sends no request before an owner is picked', async () => {
    const api = new FakeApiKeysApi();
    renderWithApis(<OwnerPolicies />, { api });
    expect(await screen.findByLabelText('User or group')).toHaveValue('');
    expect(api.callsOf('getOwnerPolicy')).toEqual([]);
  });

  it('explains the source of each value for the owner of the URL', async () => {
    setUp(HELD_BY_GROUP);
    await screen.findByText('5 keys, set for this owner');
    const all = await lookup();
    expect(all).toHaveTextContent(
      `Longest lifetime30 days, from ${CONTRACTORS}`,
    );
    expect(all).toHaveTextContent(
      `Default lifetime30 days, from ${CONTRACTORS}`,
    );
    expect(all).toHaveTextContent('Keys without expiryForbidden, configured');
    expect(all).toHaveTextContent(
      'Longest inactivity timeoutNo limit, configured',
    );
    expect(
      screen.getAllByRole('link', { name: CONTRACTORS })[0],
    ).toHaveAttribute('href', '/catalog/default/group/contractors');
  });

  it.each<[string, string, string[] | null, RegExp]>([
    [
      'names the groups it knows a user to be in',
      LINUS,
      HELD_BY_GROUP.memberOf!,
      /Groups of the user, as of .*: group:default\/contractors, group:default\/team-b\./,
    ],
    ['knows of a user in no group', LINUS, [], /The user was in no group/],
    [
      'admits that it does not know the groups of a user without keys',
      LINUS,
      null,
      /No key of this user was made yet, so the user’s groups are not known/,
    ],
  ])('%s', async (_, owner, memberOf, words) => {
    setUp({ memberOf }, owner);
    await screen.findByText('90 days, configured');
    expect(await lookup()).toHaveTextContent(words);
  });

  it('says nothing about the groups of a group', async () => {
    setUp({ memberOf: null }, CONTRACTORS);
    await screen.findByText('90 days, configured');
    expect(await lookup()).not.toHaveTextContent(/groups are not known/);
  });

  it('looks up the picked owner', async () => {
    const { ask, user } = setUp();
    const field = await screen.findByLabelText('User or group');
    expect(field).toHaveValue(LINUS);
    await user.clear(field);
    await user.type(field, 'ada{Enter}');
    await waitFor(() => expect(ask).toHaveBeenCalledWith('user:default/ada'));
  });

  it('reloads when a policy has changed', async () => {
    const { ask, user, api } = setUp();
    await screen.findByText('90 days, configured');
    await user.click(screen.getByRole('button', { name: 'Set a policy…' }));
    const [, owner] = screen.getAllByLabelText('User or group');
    await user.type(owner, `${CONTRACTORS}{Enter}`);
    await user.selectOptions(
      screen.getByLabelText('Keys without expiry'),
      'Allowed',
    );
    ask.mockResolvedValue({
      ...describePolicy(LINUS, undefined, api.configured),
      ...HELD_BY_GROUP,
      updatedAt: null,
    });
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(
      await screen.findByText('5 keys, set for this owner'),
    ).toBeInTheDocument();
  });

  it('says that it is loading', async () => {
    const { ask } = setUp();
    ask.mockReturnValue(new Promise(() => {}));
    expect(
      await screen.findByRole('status', { name: 'Loading the policy' }),
    ).toBeInTheDocument();
  });

  it('shows a load error and retries', async () => {
    const { ask, user } = setUp();
    ask.mockRejectedValueOnce(
      await refusal(400, 'InputError', 'owner: must be a user or a group'),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'owner: must be a user or a group',
    );
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('90 days, configured')).toBeInTheDocument();
  });
});
