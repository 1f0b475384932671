import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKeyPolicyOverride } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { refusal } from '../../__testUtils__/keys';
import { anOverride } from '../../__testUtils__/ownerPolicies';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { PolicyDialog } from './PolicyDialog';

const TEAM = 'group:default/team-a';

/** The dialog for a new policy, or for one that was set. */
async function setUp(override?: ApiKeyPolicyOverride) {
  const api = new FakeApiKeysApi();
  if (override) api.overrides = [anOverride(TEAM, override)];
  const onChanged = jest.fn(async () => {});
  const onClose = jest.fn();
  renderWithApis(
    <PolicyDialog
      policies={await api.listOwnerPolicies()}
      set={api.overrides[0]}
      onChanged={onChanged}
      onClose={onClose}
    />,
    { api },
  );
  await screen.findByRole('dialog');
  return { api, onChanged, onClose, user: userEvent.setup() };
}

const field = (label: string) => screen.getByLabelText(label);
const selected = (label: string) => {
  const { value } = field(label) as HTMLSelectElement;
  return field(label).querySelector(`[value="${value}"]`)?.textContent;
};
const save = () => screen.getByRole('button', { name: 'Save' });
const saved = (api: FakeApiKeysApi) => api.callsOf('setOwnerPolicy');

describe('PolicyDialog', () => {
  it('sends only the fields that are set', async () => {
    const { api, user, onChanged, onClose } = await setUp();
    expect(selected('Longest lifetime')).toBe('Not set (configured: 365 days)');
    await user.type(field('User or group'), 'group:team-b{Enter}');
    await user.selectOptions(field('Longest lifetime'), 'A number of days');
    await user.type(field('Days'), '30');
    await user.selectOptions(field('Default inactivity timeout'), 'None');
    await user.click(save());
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(saved(api)).toEqual([
      [
        'group:default/team-b',
        { lifetime: { max: 'P30D' }, inactivity: { default: null } },
      ],
    ]);
    expect(onChanged).toHaveBeenCalledTimes(1);
  });

  it('explains that existing keys are affected', async () => {
    await setUp();
    expect(screen.getByRole('dialog')).toHaveTextContent(
      'Keys that exist are held to it at once',
    );
  });

  it('changes only edited fields and keeps durations that are not in days', async () => {
    const { api, user, onClose } = await setUp({
      lifetime: { default: 'PT12H', max: 'P30D' },
      inactivity: { max: null },
    });
    expect(selected('Default lifetime')).toBe('12 hours, as before');
    expect(selected('Longest inactivity timeout')).toBe('No limit');
    expect(screen.queryByLabelText('User or group')).not.toBeInTheDocument();
    await user.clear(field('Days'));
    await user.type(field('Days'), '60');
    await user.selectOptions(field('Keys without expiry'), 'Allowed');
    await user.click(save());
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(saved(api)).toEqual([
      [
        TEAM,
        {
          lifetime: { default: 'PT12H', max: 'P60D', allowUnlimited: true },
          inactivity: { max: null },
        },
      ],
    ]);
  });

  it('can restore a duration that is not in days', async () => {
    const { api, user, onClose } = await setUp({ lifetime: { max: 'PT12H' } });
    await user.selectOptions(field('Longest lifetime'), 'A number of days');
    await user.type(field('Days'), '3');
    await user.selectOptions(field('Longest lifetime'), '12 hours, as before');
    await user.selectOptions(field('Keys at a time'), 'A number of keys');
    await user.type(field('Keys'), '0{Enter}');
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(saved(api)).toEqual([
      [TEAM, { lifetime: { max: 'PT12H' }, limits: { keysPerOwner: 0 } }],
    ]);
  });

  it('sends no request without a change', async () => {
    const { api, user, onClose } = await setUp({ lifetime: { max: 'P30D' } });
    await user.click(save());
    expect(onClose).toHaveBeenCalled();
    expect(saved(api)).toEqual([]);
  });

  it('explains the effect of a maximum lifetime on keys without expiry', async () => {
    const { user } = await setUp();
    expect(selected('Keys without expiry')).toBe(
      'Not set (configured: Forbidden)',
    );
    await user.selectOptions(field('Longest lifetime'), 'A number of days');
    expect(selected('Keys without expiry')).toBe('Not set (hence forbidden)');
    expect(screen.getByText(/rules out keys without expiry/)).toBeVisible();
    await user.selectOptions(field('Keys without expiry'), 'Allowed');
    expect(screen.queryByText(/rules out/)).not.toBeInTheDocument();
  });

  it('shows validation errors and sends nothing until they are fixed', async () => {
    const { api, user } = await setUp();
    expect(screen.queryByRole('alert')).toHaveTextContent('Keys that exist');
    await user.click(save());
    expect(screen.getByText('Pick the user or the group.')).toBeVisible();
    expect(screen.getByText('Set at least one of the fields.')).toBeVisible();

    await user.type(field('User or group'), 'component:site{Enter}');
    await user.selectOptions(field('Longest lifetime'), 'A number of days');
    await user.type(field('Days'), '0');
    expect(screen.getByText(/others have no keys/)).toBeVisible();
    expect(field('Days')).toBeInvalid();
    expect(field('Days')).toHaveAccessibleDescription(
      'Enter a whole number of days, at least 1.',
    );
    await user.click(save());
    expect(saved(api)).toEqual([]);
  });

  it('does not submit the form on the Enter that picks an owner', async () => {
    const { user } = await setUp();
    await user.type(field('User or group'), 'ada{Enter}');
    expect(screen.queryByText(/Set at least one/)).not.toBeInTheDocument();
  });

  it('sets required restrictions, their limit and forbidden plugins', async () => {
    const { api, user } = await setUp({ lifetime: { max: 'P30D' } });
    await user.selectOptions(field('Restrictions'), 'Required');
    await user.selectOptions(
      field('Plugins of a restricted key'),
      'A number of plugins',
    );
    await user.type(screen.getByLabelText('Plugins'), '3');
    await user.selectOptions(field('Forbidden plugins'), 'These plugins');
    await user.click(save());
    expect(screen.getByText('Name at least one plugin.')).toBeVisible();
    await user.type(field('Ids of the plugins'), 'scaffolder{Enter}to-come');
    await user.click(save());
    await waitFor(() =>
      expect(saved(api)).toEqual([
        [
          expect.any(String),
          {
            lifetime: { max: 'P30D' },
            restrictions: {
              required: true,
              maxPlugins: 3,
              forbidden: ['scaffolder', 'to-come'],
            },
          },
        ],
      ]),
    );
  });

  it('rejects a default that is longer than the maximum', async () => {
    const { api, user } = await setUp({ lifetime: { default: 'P31D' } });
    await user.selectOptions(field('Longest lifetime'), 'A number of days');
    await user.type(screen.getAllByLabelText('Days')[0], '30{Enter}');
    expect(screen.getByText(/must not be longer/)).toBeVisible();
    expect(saved(api)).toEqual([]);
  });

  it('keeps the values and shows an error of the backend', async () => {
    const { api, user, onClose } = await setUp({ limits: { keysPerOwner: 5 } });
    const why = 'lifetime.default: must not be longer than lifetime.max';
    api.fail('setOwnerPolicy', await refusal(400, 'InputError', why));
    await user.type(field('Keys'), '0{Enter}');
    expect(await screen.findByText(why)).toBeVisible();
    expect(field('Keys')).toHaveValue('50');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('does not overwrite a concurrent change', async () => {
    const { api, user, onChanged, onClose } = await setUp({
      limits: { keysPerOwner: 5 },
    });
    api.overrides = [
      { ...api.overrides[0], updatedAt: new Date().toISOString() },
    ];
    await user.type(field('Keys'), '0{Enter}');
    expect(await screen.findByText(/Somebody else has changed/)).toBeVisible();
    expect(saved(api)).toEqual([]);
    expect(save()).toBeDisabled();
    expect(onChanged).toHaveBeenCalled();
    expect(onClose).not.toHaveBeenCalled();
  });

  it('closes on Escape without a change', async () => {
    const { api, user, onClose } = await setUp({ limits: { keysPerOwner: 5 } });
    await user.type(field('Keys'), '0{Escape}');
    expect(onClose).toHaveBeenCalled();
    expect(saved(api)).toEqual([]);
  });
});
