import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aPolicy, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { CreateKeyDialog } from './CreateKeyDialog';

const ADA = 'user:default/ada';
const TEAM = 'group:default/team-a';
const OTHER = 'group:default/contractors';
const owners = [ADA, TEAM, OTHER];

const expiry = () => screen.getByLabelText<HTMLSelectElement>('Expiry');
const inactivity = () =>
  screen.getByLabelText<HTMLSelectElement>(/Goes inactive if nobody/);
const owner = () => screen.getByLabelText<HTMLSelectElement>('Acts as');
const chosen = (field: HTMLSelectElement) => field.selectedOptions[0].text;
const options = (field: HTMLSelectElement) =>
  within(field)
    .getAllByRole('option')
    .map(each => each.textContent);

async function setUp(
  mine: Parameters<typeof aPolicy>[0] = {},
  ofTeam: Parameters<typeof aPolicy>[0] = {},
) {
  const api = new FakeApiKeysApi([], aPolicy({ ...mine, owners }));
  api.policies = [aPolicy({ ...ofTeam, owner: TEAM, owners })];
  renderWithApis(<CreateKeyDialog onCreated={() => {}} onClose={() => {}} />, {
    api,
  });
  await screen.findByLabelText('Expiry');
  return { api, user: userEvent.setup() };
}

async function pickTeam(user: ReturnType<typeof userEvent.setup>) {
  await user.selectOptions(owner(), TEAM);
  await waitFor(() => expect(expiry()).toBeEnabled());
}

describe('CreateKeyDialog, owner', () => {
  it('hides the field if there is only one owner', async () => {
    renderWithApis(<CreateKeyDialog onCreated={() => {}} onClose={() => {}} />);
    await screen.findByLabelText('Expiry');
    expect(screen.queryByLabelText('Acts as')).not.toBeInTheDocument();
    expect(screen.queryByText('Who does it act as?')).not.toBeInTheDocument();
  });

  it('offers the user and the groups that the policy names', async () => {
    await setUp();
    expect(options(owner())).toEqual(['Me (ada)', 'team-a', 'contractors']);
    expect(chosen(owner())).toBe('Me (ada)');
  });

  it('creates a key of a team and explains the effect', async () => {
    const { api, user } = await setUp();
    await user.keyboard('CI');
    await pickTeam(user);
    expect(
      screen.getByText(
        'Everybody in group:default/team-a sees, rotates and revokes it.',
      ),
    ).toBeVisible();
    expect(screen.getByText(/The key works until/)).toHaveTextContent(
      /acts as team-a and can do what the team can do/,
    );
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    await screen.findByLabelText('Secret');
    expect(api.callsOf('createKey')).toEqual([
      [{ name: 'CI', owner: TEAM, expiresIn: 'P90D' }],
    ]);
  });

  it('does not name the user as the owner of their own key', async () => {
    const { api, user } = await setUp();
    await user.keyboard('CI');
    await pickTeam(user);
    await user.selectOptions(owner(), ADA);
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    await screen.findByLabelText('Secret');
    expect(api.callsOf('createKey')).toEqual([
      [{ name: 'CI', expiresIn: 'P90D' }],
    ]);
  });

  it('loads the policy of the team, blocks submitting until then, and resets invalid choices', async () => {
    const { api, user } = await setUp(
      { lifetime: { allowUnlimited: true } },
      {
        lifetime: { default: 'P7D', max: 'P30D' },
        inactivity: { default: 'P7D', max: 'P7D' },
        sources: { 'lifetime.max': OTHER, 'inactivity.max': OTHER },
      },
    );
    await user.keyboard('CI');
    await user.selectOptions(expiry(), 'No expiry');
    await user.selectOptions(inactivity(), '90 days');
    const release = api.hold('getPolicy');
    await user.selectOptions(owner(), TEAM);
    expect(screen.getByRole('button', { name: 'Create key' })).toBeDisabled();
    expect(expiry()).toBeDisabled();
    release();
    await waitFor(() => expect(expiry()).toBeEnabled());

    expect(api.callsOf('getPolicy')).toEqual([[], [TEAM]]);
    expect(options(expiry())).toEqual(['7 days', '30 days', 'Pick a date']);
    expect(chosen(expiry())).toBe('7 days');
    expect(options(inactivity())).toEqual(['Default (7 days)']);
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    await screen.findByLabelText('Secret');
    expect(api.callsOf('createKey')).toEqual([
      [{ name: 'CI', owner: TEAM, expiresIn: 'P7D' }],
    ]);
  });

  it('keeps the choices that fit the policy of the team', async () => {
    const { api, user } = await setUp(
      {},
      { lifetime: { default: 'P7D', max: 'P30D' } },
    );
    await user.keyboard('CI');
    await user.selectOptions(expiry(), '30 days');
    await user.selectOptions(inactivity(), '7 days');
    await pickTeam(user);
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    await screen.findByLabelText('Secret');
    expect(api.callsOf('createKey')).toEqual([
      [
        {
          name: 'CI',
          owner: TEAM,
          expiresIn: 'P30D',
          inactivityTimeout: 'P7D',
        },
      ],
    ]);
  });

  it('names the source of a limit', async () => {
    const { user } = await setUp(
      {},
      {
        lifetime: { default: 'P7D', max: 'P30D' },
        inactivity: { default: 'P7D', max: 'P30D' },
        limits: { keysPerOwner: 2, keysInUse: 2 },
        sources: {
          'lifetime.max': OTHER,
          'inactivity.max': OTHER,
          'limits.keysPerOwner': OTHER,
        },
      },
    );
    expect(screen.getByText(/365 days at most\.$/)).toBeVisible();
    await pickTeam(user);
    expect(
      screen.getByText(/30 days at most, set for group:default\/contractors\./),
    ).toBeVisible();
    expect(
      screen.getByText(
        /30 days at the latest, set for group:default\/contractors\./,
      ),
    ).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent(
      'team-a has reached its limit of 2 working keys. It is set for group:default/contractors.',
    );
  });

  it('offers to load the policy of the team again if that failed', async () => {
    const { api, user } = await setUp();
    api.fail('getPolicy', await refusal(503, 'Error', 'The database is away'));
    await user.keyboard('CI');
    await user.selectOptions(owner(), TEAM);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database is away',
    );
    expect(screen.getByRole('button', { name: 'Create key' })).toBeDisabled();
    api.fail('getPolicy', undefined);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByLabelText('Expiry')).toBeVisible();
    expect(owner()).toHaveValue(TEAM);
  });
});
