import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { AdminPage } from './AdminPage';

const SOON = { id: 'k2', name: 'Soon', expiresAt: fromNow({ days: 3 }) };
const SCOPED = { name: 'Reporter', scopes: ['reports:read'] };
const KEYS = [
  aKey({ owner: 'user:default/linus' }),
  aKey(SOON),
  aKey({ id: 'k3', name: 'Old', status: 'revoked' }),
];

function setUp(api = new FakeApiKeysApi(KEYS), at = '/') {
  renderWithApis(<AdminPage />, { api, at });
  return { api, user: userEvent.setup() };
}

const row = (name: string) =>
  screen.findByRole('row', { name: new RegExp(name) });
const absent = (name: string) =>
  waitFor(() => expect(screen.queryByText(name)).not.toBeInTheDocument());
const tile = (name: RegExp) => screen.findByRole('button', { name });
const lastQuery = (api: FakeApiKeysApi) =>
  api.callsOf('listAllKeys').pop()?.[0];

describe('AdminPage', () => {
  it('shows all keys, newest first, including ended ones', async () => {
    const { api } = setUp();
    expect(await row('CI deploy')).toHaveTextContent('user:default/linus');
    expect(await row('Old')).toHaveTextContent('Revoked');
    expect(lastQuery(api)).toEqual({ orderBy: 'createdAt:desc', limit: 50 });
    expect(screen.getByText('3 keys')).toBeInTheDocument();
  });

  it('reads the filters from the URL', async () => {
    const { api } = setUp(undefined, '/?q=soon&status=active&orderBy=name:asc');
    expect(await row('Soon')).toBeInTheDocument();
    expect(screen.queryByText('CI deploy')).not.toBeInTheDocument();
    expect(screen.getByLabelText('Search')).toHaveValue('soon');
    expect(lastQuery(api)).toMatchObject({
      q: 'soon',
      status: ['active'],
      orderBy: 'name:asc',
    });
  });

  it('filters by a tile', async () => {
    const { user } = setUp();
    await row('CI deploy');
    await user.click(await tile(/Expire within 7 days/));
    await absent('CI deploy');
    expect(await row('Soon')).toBeInTheDocument();
    expect(await tile(/Expire within 7 days/)).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('debounces the search', async () => {
    const { api, user } = setUp();
    await row('CI deploy');
    await user.type(screen.getByLabelText('Search'), 'nothing');
    expect(await screen.findByText('No key matches')).toBeInTheDocument();
    const searches = api
      .callsOf('listAllKeys')
      .map(([query]) => (query as { q?: string }).q);
    expect(searches.filter(Boolean)).toEqual(['nothing']);
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await row('CI deploy')).toBeInTheDocument();
  });

  it('loads more on request', async () => {
    const api = new FakeApiKeysApi(
      Array.from({ length: 51 }, (_, i) => aKey({ id: `${i}`, name: `N${i}` })),
    );
    const { user } = setUp(api);
    expect(await screen.findByText('50 of 51 keys')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('51 keys')).toBeInTheDocument();
  });

  it('shows an empty state', async () => {
    setUp(new FakeApiKeysApi());
    expect(
      await screen.findByText('There are no API keys yet'),
    ).toBeInTheDocument();
  });
});

describe('AdminPage, revoking', () => {
  it('revokes the selected keys and reloads the counts', async () => {
    const { api, user } = setUp();
    await row('Soon');
    const revoke = screen.getByRole('button', { name: /^Revoke selected/ });
    expect(revoke).toBeDisabled();
    await user.click(await screen.findByLabelText('Select Soon'));
    expect(revoke).toHaveTextContent('Revoke selected (1)…');
    await user.click(revoke);
    await user.click(
      await screen.findByRole('button', { name: 'Revoke 1 key' }),
    );
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    expect(await row('Soon')).toHaveTextContent('Revoked');
    expect(await tile(/^1\s*Working/)).toBeInTheDocument();
    expect(api.callsOf('revokeKeys')).toContainEqual([
      { ids: ['k2'], reason: 'admin' },
    ]);
  });

  it('offers to revoke all matching keys, but never all keys', async () => {
    const { api, user } = setUp();
    await row('Soon');
    const all = /^Revoke all/;
    expect(screen.queryByRole('button', { name: all })).not.toBeInTheDocument();
    await user.click(await tile(/Working/));
    await user.click(await screen.findByRole('button', { name: all }));
    await user.click(
      await screen.findByRole('button', { name: 'Revoke 2 keys' }),
    );
    await user.click(await screen.findByRole('button', { name: 'Close' }));
    expect(await screen.findByText('No key matches')).toBeInTheDocument();
    expect(api.callsOf('revokeKeys')).toContainEqual([
      {
        filter: { status: ['active', 'retiring'] },
        reason: 'admin',
        limit: 200,
      },
    ]);
    await waitFor(() =>
      expect(
        screen.getByRole('region', { name: 'Everybody’s API keys' }),
      ).toHaveFocus(),
    );
  });

  it('revokes only keys with the filtered scope', async () => {
    const api = new FakeApiKeysApi([...KEYS, aKey({ ...SCOPED, id: 'k4' })]);
    const { user } = setUp(api, '/?scope=reports:read');
    await row('Reporter');
    await user.click(await screen.findByText('Revoke the 1 key that matches…'));
    await user.click(await screen.findByText('Revoke 1 key'));
    await user.click(await screen.findByText('Close'));
    expect(api.callsOf('revokeKeys')).toContainEqual([
      { filter: { scope: 'reports:read' }, reason: 'admin', limit: 200 },
    ]);
    expect(
      api.keys.filter(({ revokedReason }) => revokedReason === 'admin'),
    ).toMatchObject([{ id: 'k4' }]);
  });

  it('does not offer it while the list is updating', async () => {
    setUp(undefined, '/?status=active');
    const revoke = { name: 'Revoke all 2 keys that match…' };
    expect(await screen.findByRole('button', revoke)).toBeInTheDocument();
    fireEvent.change(screen.getByLabelText('Search'), {
      target: { value: 'soon' },
    });
    expect(screen.queryByRole('button', revoke)).not.toBeInTheDocument();
    expect(
      await screen.findByRole('button', {
        name: 'Revoke the 1 key that matches…',
      }),
    ).toBeInTheDocument();
  });

  it('clears the selection when other keys are shown', async () => {
    const { user } = setUp();
    await row('Soon');
    await user.click(await screen.findByLabelText('Select Soon'));
    await user.click(await tile(/Working/));
    await absent('Old');
    expect(screen.getByLabelText('Select Soon')).not.toBeChecked();
  });
});

describe('AdminPage, transferring', () => {
  const pickTeam = async (user: ReturnType<typeof userEvent.setup>) => {
    await user.type(await screen.findByLabelText('Group'), 'team-a{Enter}');
    await user.click(
      await screen.findByRole('button', { name: 'Transfer 1 key' }),
    );
    await user.click(await screen.findByRole('button', { name: 'Close' }));
  };

  it('transfers the selected keys to a group', async () => {
    const { api, user } = setUp();
    await row('Soon');
    const transfer = screen.getByRole('button', { name: /^Transfer selected/ });
    expect(transfer).toBeDisabled();
    await user.click(await screen.findByLabelText('Select Soon'));
    expect(transfer).toHaveTextContent('Transfer selected (1)…');
    await user.click(transfer);
    await pickTeam(user);
    expect(await row('Soon')).toHaveTextContent('group:default/team-a');
    expect(api.callsOf('transferKeys')).toContainEqual([
      { ids: ['k2'], owner: 'group:default/team-a' },
    ]);
  });

  it('transfers the key of a row to a group', async () => {
    const { user } = setUp();
    await row('Soon');
    await user.click(screen.getByLabelText('Actions for Soon'));
    await user.click(screen.getByRole('menuitem', { name: 'Transfer…' }));
    expect(
      await screen.findByRole('dialog', {
        name: 'Transfer “Soon” to a group?',
      }),
    ).toBeInTheDocument();
    await pickTeam(user);
    expect(await row('Soon')).toHaveTextContent('group:default/team-a');
  });
});

describe('AdminPage, warnings', () => {
  it('link from their tab to the key in the inventory', async () => {
    const api = new FakeApiKeysApi(KEYS);
    api.upcomingWarnings = [
      {
        keyId: 'k2',
        keyName: 'Soon',
        owner: 'user:default/ada',
        kind: 'expiry',
        endsAt: fromNow({ days: 3 }),
        dueAt: fromNow({ days: 2 }),
        threshold: 'P1D',
      },
    ];
    const { user } = setUp(api);
    await user.click(await screen.findByRole('tab', { name: 'Warnings' }));
    await user.click(await screen.findByRole('link', { name: 'Soon' }));
    expect(await screen.findByLabelText('Search')).toHaveValue('Soon');
    expect(await row('Soon')).toBeInTheDocument();
    expect(screen.queryByText('CI deploy')).not.toBeInTheDocument();
  });
});

describe('AdminPage, loading and errors', () => {
  it('says that it is loading', async () => {
    const api = new FakeApiKeysApi();
    api.hold('getSummary');
    setUp(api);
    expect(
      await screen.findByRole('status', {
        name: 'Loading everybody’s API keys',
      }),
    ).toBeInTheDocument();
  });

  it("shows the backend's message about the missing permission", async () => {
    const api = new FakeApiKeysApi();
    const message = 'Set permission.enabled to true';
    api.fail('getSummary', await refusal(403, 'NotAllowedError', message));
    setUp(api);
    expect(
      await screen.findByText(/^You are not permitted to look after/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^Set permission.enabled to true.*ask the team/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('tab')).not.toBeInTheDocument();
  });

  it('shows a load error and retries', async () => {
    const api = new FakeApiKeysApi(KEYS);
    api.fail('getSummary', await refusal(503, 'Error', 'The database is away'));
    const { user } = setUp(api);
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    api.fail('getSummary', undefined);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await row('CI deploy')).toBeInTheDocument();
  });

  it('shows an error of the list below the counts', async () => {
    const api = new FakeApiKeysApi(KEYS);
    api.fail('listAllKeys', await refusal(400, 'InputError', 'owner: is odd'));
    setUp(api);
    expect(await screen.findByText('owner: is odd')).toBeInTheDocument();
    expect(await tile(/2\s*Working/)).toBeInTheDocument();
  });
});
