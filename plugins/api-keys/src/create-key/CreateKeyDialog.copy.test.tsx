import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, aPolicy } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { CreateKeyDialog } from './CreateKeyDialog';

const TEAM = 'group:default/team-a';
const owners = ['user:default/ada', TEAM];

const MADE = DateTime.utc().minus({ days: 10 });
const daysAfter = (days: number) => MADE.plus({ days }).toISO();

const model = (overrides: Partial<ApiKey> = {}) =>
  aKey({
    name: 'Nightly build',
    description: 'On the old runner',
    createdAt: MADE.toISO(),
    expiresAt: daysAfter(30),
    ...overrides,
  });

async function setUp(
  from: ApiKey,
  policy: Parameters<typeof aPolicy>[0] = {},
  others: ApiKey[] = [],
) {
  const keys = [from, ...others];
  const api = new FakeApiKeysApi(keys, aPolicy({ owners, ...policy }));
  api.policies = [aPolicy({ owners, ...policy, owner: TEAM })];
  renderWithApis(
    <CreateKeyDialog from={from} onCreated={() => {}} onClose={() => {}} />,
    { api },
  );
  await screen.findByLabelText('Expiry');
  return { api, user: userEvent.setup() };
}

async function create(user: ReturnType<typeof userEvent.setup>) {
  await user.click(screen.getByRole('button', { name: 'Create key' }));
  await screen.findByLabelText('Secret');
}

describe('CreateKeyDialog, for a copy', () => {
  it('names the cloned key', async () => {
    await setUp(model());
    expect(
      screen.getByRole('dialog', { name: 'Create a copy of “Nightly build”' }),
    ).toBeVisible();
  });

  it.each<[string, Partial<ApiKey>, object]>([
    ['of one’s own key', {}, { expiresIn: 'P30D' }],
    ['of a team’s key', { owner: TEAM }, { owner: TEAM, expiresIn: 'P30D' }],
    [
      'with its inactivity timeout',
      { inactivityTimeout: 'P14D' },
      { expiresIn: 'P30D', inactivityTimeout: 'P14D' },
    ],
    [
      'of a length that is no preset',
      { expiresAt: daysAfter(45) },
      {
        expiresAt: DateTime.now()
          .plus({ days: 45 })
          .endOf('day')
          .toUTC()
          .toISO(),
      },
    ],
  ])('%s is copied', async (_, overrides, expected) => {
    const { api, user } = await setUp(model(overrides));
    await create(user);
    expect(api.callsOf('createKey')).toEqual([
      [
        {
          name: 'Nightly build (Copy)',
          description: 'On the old runner',
          ...expected,
        },
      ],
    ]);
  });

  it('suggests a unique name', async () => {
    const { api, user } = await setUp(model(), {}, [
      aKey({ id: 'k2', name: 'Nightly build (Copy)', status: 'revoked' }),
      aKey({ id: 'k3', name: 'Nightly build (Copy 2)', owner: TEAM }),
    ]);
    expect(
      await screen.findByDisplayValue('Nightly build (Copy 3)'),
    ).toBeInTheDocument();
    expect(api.callsOf('listKeys')).toEqual([
      [{ q: 'Nightly build', limit: 200 }],
    ]);
    await create(user);
    expect(api.callsOf('createKey')).toMatchObject([
      [{ name: 'Nightly build (Copy 3)' }],
    ]);
  });

  it('keeps a name that the user enters before the other names have loaded', async () => {
    const api = new FakeApiKeysApi([
      model(),
      aKey({ id: 'k2', name: 'Nightly build (Copy)' }),
    ]);
    const answer = api.hold('listKeys');
    renderWithApis(
      <CreateKeyDialog
        from={model()}
        onCreated={() => {}}
        onClose={() => {}}
      />,
      { api },
    );
    const name = await screen.findByDisplayValue('Nightly build (Copy)');
    fireEvent.change(name, { target: { value: 'Weekly build' } });
    await act(async () => answer());
    expect(name).toHaveValue('Weekly build');
  });

  it('suggests a name if the other names cannot be loaded', async () => {
    const api = new FakeApiKeysApi([model()]);
    api.fail('listKeys', new TypeError('Failed to fetch'));
    renderWithApis(
      <CreateKeyDialog
        from={model()}
        onCreated={() => {}}
        onClose={() => {}}
      />,
      { api },
    );
    expect(
      await screen.findByDisplayValue('Nightly build (Copy)'),
    ).toBeInTheDocument();
  });

  it('can be edited before it is created', async () => {
    const { api, user } = await setUp(model({ owner: TEAM }));
    await user.clear(screen.getByLabelText(/^Description/));
    await user.selectOptions(screen.getByLabelText('Acts as'), owners[0]);
    await user.selectOptions(screen.getByLabelText('Expiry'), '7 days');
    await create(user);
    expect(api.callsOf('createKey')).toEqual([
      [{ name: 'Nightly build (Copy)', expiresIn: 'P7D' }],
    ]);
  });

  it.each<[string, Partial<ApiKey>, Parameters<typeof aPolicy>[0], RegExp]>([
    [
      'its life is too long',
      {},
      { lifetime: { default: 'P7D', max: 'P14D' } },
      /was made for longer than today’s policy allows/,
    ],
    [
      'it has no expiry',
      { expiresAt: null },
      { lifetime: { default: 'P7D' } },
      /has no expiry, which today’s policy does not allow/,
    ],
    [
      'it may stay unused for too long',
      { expiresAt: daysAfter(7), inactivityTimeout: 'P30D' },
      { inactivity: { default: 'P7D', max: 'P7D' } },
      /may stay unused for longer than today’s policy allows/,
    ],
  ])(
    'uses the default and says so where %s',
    async (_, overrides, policy, hint) => {
      const { api, user } = await setUp(model(overrides), policy);
      expect(screen.getByText(hint)).toBeVisible();
      await create(user);
      expect(api.callsOf('createKey')).toEqual([
        [expect.objectContaining({ expiresIn: 'P7D' })],
      ]);
      expect(api.callsOf('createKey')[0][0]).not.toHaveProperty(
        'inactivityTimeout',
      );
    },
  );

  it('hides that note once the user has changed the setting', async () => {
    const { user } = await setUp(model(), {
      lifetime: { default: 'P7D', max: 'P14D' },
    });
    await user.selectOptions(screen.getByLabelText('Expiry'), 'Pick a date');
    fireEvent.change(screen.getByLabelText(/Last day/), {
      target: { value: DateTime.now().plus({ days: 3 }).toISODate() },
    });
    expect(screen.queryByText(/today’s policy/)).not.toBeInTheDocument();
  });

  it("becomes the user's own key if they have left the team", async () => {
    const { api, user } = await setUp(model({ owner: 'group:default/gone' }));
    expect(
      screen.getByText(
        'The key that you copy belongs to group:default/gone, for whom you cannot make keys.',
      ),
    ).toBeVisible();
    await create(user);
    expect(api.callsOf('createKey')[0][0]).not.toHaveProperty('owner');
  });

  it('shows names as plain text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const { user } = await setUp(model({ name, description: name }));
    expect(
      screen.getByRole('dialog', { name: `Create a copy of “${name}”` }),
    ).toBeVisible();
    await create(user);
    expect(
      screen.getByRole('dialog', {
        name: `Store the secret of “${name} (Copy)” now`,
      }),
    ).toBeVisible();
    expect(document.querySelector('img')).toBeNull();
  });
});
