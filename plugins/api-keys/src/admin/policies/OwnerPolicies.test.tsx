import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { refusal } from '../../__testUtils__/keys';
import { anOverride } from '../../__testUtils__/ownerPolicies';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { OwnerPolicies } from './OwnerPolicies';

const TEAM = 'group:default/team-a';
const ADA = 'user:default/ada';

function setUp(api = new FakeApiKeysApi(), at = '/') {
  renderWithApis(<OwnerPolicies />, { api, at });
  return { api, user: userEvent.setup() };
}

function withPolicies() {
  const api = new FakeApiKeysApi();
  api.overrides = [
    anOverride(TEAM, {
      lifetime: { max: 'P30D' },
      limits: { keysPerOwner: 5 },
    }),
    anOverride(ADA, { lifetime: { max: 'PT12H' } }),
  ];
  return api;
}

const row = (owner: string) =>
  screen.findByRole('row', { name: new RegExp(owner) });
const card = (name: string) => screen.findByRole('region', { name });
const button = (name: string | RegExp) => screen.findByRole('button', { name });

/** The fields of a policy, as they are on the screen. */
const facts = (list: HTMLElement) => {
  const texts = (role: string) =>
    within(list)
      .queryAllByRole(role)
      .map(each => each.textContent);
  const values = texts('definition');
  return Object.fromEntries(texts('term').map((name, i) => [name, values[i]]));
};

describe('OwnerPolicies', () => {
  it('describes the configured policy', async () => {
    setUp();
    const configured = await card('Configured for everybody');
    expect(facts(configured)).toEqual({
      'Longest lifetime': '365 days',
      'Default lifetime': '90 days',
      'Keys without expiry': 'Forbidden',
      'Longest inactivity timeout': 'No limit',
      'Default inactivity timeout': 'None',
      'Keys at a time': '50 keys',
      Restrictions: 'Not required',
      'Plugins of a restricted key': 'No limit',
      'Forbidden plugins': 'None',
    });
  });

  it('lists the policies of owners, with time and author', async () => {
    setUp(withPolicies());
    expect(await row(TEAM)).toHaveTextContent(
      /Lives 30 days at most · 5 keys at most.*24 hours ago.*by grace/,
    );
    expect(await row(ADA)).toHaveTextContent('Lives 12 hours at most');
  });

  it('shows an empty state', async () => {
    setUp();
    expect(
      await screen.findByText('No policy is set for a user or group'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(await button('Set a policy…')).toBeEnabled();
  });

  it('says that there are more policies than it lists', async () => {
    const api = withPolicies();
    const { configured, overrides: items } = api;
    jest
      .spyOn(api, 'listOwnerPolicies')
      .mockResolvedValue({ configured, items, totalItems: 1234 });
    setUp(api);
    expect(
      await screen.findByText('The first 2 of 1234 policies, by owner'),
    ).toBeInTheDocument();
  });

  it('says that it is loading', async () => {
    const api = new FakeApiKeysApi();
    const release = api.hold('listOwnerPolicies');
    setUp(api);
    expect(
      await screen.findByRole('status', { name: 'Loading the policies' }),
    ).toBeInTheDocument();
    await act(async () => release());
    expect(await card('Configured for everybody')).toBeInTheDocument();
  });

  it('shows a load error and retries', async () => {
    const api = withPolicies();
    api.fail('listOwnerPolicies', await refusal(503, 'Error', 'Away'));
    const { user } = setUp(api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The policies could not be loadedAway',
    );
    api.fail('listOwnerPolicies', undefined);
    await user.click(await button('Retry'));
    expect(await row(TEAM)).toBeInTheDocument();
  });

  it('explains a missing permission', async () => {
    const api = new FakeApiKeysApi();
    api.fail('listOwnerPolicies', await refusal(403, 'NotAllowedError', 'No'));
    setUp(api);
    expect(
      await screen.findByText(/not permitted to look after everybody/),
    ).toBeInTheDocument();
  });

  it('removes a policy after a confirmation that explains the effect', async () => {
    const { api, user } = setUp(withPolicies());
    await user.click(await button(`Remove the policy of ${TEAM}`));
    const dialog = screen.getByRole('dialog', {
      name: `Remove the policy of ${TEAM}?`,
    });
    expect(dialog).toHaveTextContent('Lives 30 days at most · 5 keys at most');
    expect(dialog).toHaveTextContent(
      'get back the end that they were made with',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(api.callsOf('removeOwnerPolicy')).toEqual([]);

    await user.click(await button(`Remove the policy of ${TEAM}`));
    await user.click(await button('Remove policy'));
    await row(ADA);
    expect(screen.queryByText(TEAM)).not.toBeInTheDocument();
    expect(api.callsOf('removeOwnerPolicy')).toEqual([[TEAM]]);
    expect(await card('Set for users and groups')).toHaveFocus();
  });

  it('shows an error of the removal', async () => {
    const { api, user } = setUp(withPolicies());
    api.fail('removeOwnerPolicy', await refusal(503, 'Error', 'Away'));
    await user.click(await button(`Remove the policy of ${TEAM}`));
    await user.click(await button('Remove policy'));
    expect(await screen.findByRole('alert')).toHaveTextContent('Away');
    expect(screen.getByRole('dialog')).toBeInTheDocument();
  });

  it('keeps the list and shows an error after a failed refresh', async () => {
    const { api, user } = setUp(withPolicies());
    await user.click(await button(`Remove the policy of ${TEAM}`));
    api.fail('listOwnerPolicies', await refusal(503, 'Error', 'Away'));
    await user.click(await button('Remove policy'));
    expect(await screen.findByText(/may be out of date/)).toBeInTheDocument();
    expect(await row(ADA)).toBeInTheDocument();
  });
});
