import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { Route, Routes } from 'react-router-dom';
import { anEvent } from '../__testUtils__/events';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, refusal, revoked } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { ApiKeysPage } from '../my-keys/ApiKeysPage';

const page = (
  <Routes>
    <Route path="/api-keys/*" element={<ApiKeysPage />} />
  </Routes>
);

function open(api: FakeApiKeysApi, at = '/api-keys/k1') {
  renderWithApis(page, { api, at });
  return { api, user: userEvent.setup() };
}

const openKey = (key: Partial<ApiKey> = {}) =>
  open(new FakeApiKeysApi([aKey(key)]));
const heading = (name: RegExp) =>
  screen.findByRole('heading', { level: 2, name });
const section = (name: string) => screen.findByRole('region', { name });
const comeBack = () => fireEvent(window, new Event('focus'));

/** An old key, which works on, and the one that takes its place. */
function aPair(old: Partial<ApiKey> = {}): ApiKey[] {
  const familyId = 'k1';
  return [
    aKey({
      id: 'k2',
      familyId,
      hint: 'nEw2',
      predecessorId: 'k1',
      createdAt: fromNow({ hours: -1 }),
    }),
    aKey({
      familyId,
      successorId: 'k2',
      status: 'retiring',
      overlapEndsAt: fromNow({ days: 7 }),
      ...old,
    }),
  ];
}

async function facts(): Promise<Record<string, string | null>> {
  const list = within(await section('About this key'));
  const definitions = list.getAllByRole('definition');
  return Object.fromEntries(
    list
      .getAllByRole('term')
      .map((term, i) => [term.textContent, definitions[i].textContent]),
  );
}

describe('the page of a key', () => {
  it('opens from the list and links back', async () => {
    const { user } = open(new FakeApiKeysApi([aKey()]), '/api-keys');
    await user.click(await screen.findByRole('link', { name: /CI deploy/ }));
    expect(await heading(/CI deploy …x7Kq/)).toBeInTheDocument();
    await user.click(screen.getByRole('link', { name: 'All your API keys' }));
    expect(
      await screen.findByRole('region', { name: 'Your API keys' }),
    ).toBeInTheDocument();
  });

  it('says that it is loading', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    const release = api.hold('getKey');
    open(api);
    expect(
      await screen.findByRole('status', { name: 'Loading the API key' }),
    ).toBeInTheDocument();
    release();
    expect(await heading(/CI deploy/)).toBeInTheDocument();
  });

  it.each<[string, number, string]>([
    ['an unknown key', 404, 'There is no such key, or it is not yours'],
    ['no permission', 403, 'You are not permitted to see API keys'],
  ])('explains %s', async (_, status, text) => {
    const api = new FakeApiKeysApi();
    api.fail('getKey', await refusal(status, 'Error', 'No'));
    open(api);
    expect(await screen.findByText(text)).toBeInTheDocument();
    expect(
      screen.getAllByRole('link', { name: 'All your API keys' })[0],
    ).toHaveAttribute('href', '/api-keys');
    expect(screen.queryByText('About this key')).not.toBeInTheDocument();
  });

  it('retries after a failure', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    api.fail('getKey', await refusal(503, 'Error', 'The database is away'));
    const { user } = open(api);
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    api.fail('getKey', undefined);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await heading(/CI deploy/)).toBeInTheDocument();
  });

  it('refreshes when the user returns, and keeps its content if that fails', async () => {
    const { api } = openKey();
    await heading(/CI deploy/);
    api.keys = [aKey({ name: 'Renamed' })];
    comeBack();
    expect(await heading(/Renamed/)).toBeInTheDocument();
    api.fail('getKey', await refusal(503, 'Error', 'The database is away'));
    comeBack();
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    expect(await heading(/Renamed/)).toBeInTheDocument();
    api.fail('getKey', await refusal(404, 'NotFoundError', 'Gone'));
    comeBack();
    expect(
      await screen.findByText('There is no such key, or it is not yours'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Renamed/)).not.toBeInTheDocument();
  });

  it('warns beside the name if the key ends soon', async () => {
    openKey({ expiresAt: fromNow({ days: 3 }) });
    await heading(/CI deploy/);
    expect(screen.getByText('Expires in 3 days')).toBeInTheDocument();
  });

  it('shows texts as plain text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    openKey({
      name,
      description: `${name}\nsecond line`,
      lastUsedAt: fromNow({ hours: -1 }),
      lastUsedUserAgent: name,
    });
    expect(await heading(/<img src=x/)).toBeInTheDocument();
    expect(await facts()).toMatchObject({
      Description: `${name}\nsecond line`,
      'Last used': expect.stringMatching(/^1 hour ago, .*<img src=x onerror/),
    });
    expect(document.querySelector('img')).toBeNull();
  });
});

/** A text of which not every letter is known beforehand. */
const like = (pattern: RegExp): string => expect.stringMatching(pattern);

describe('the facts of a key', () => {
  it.each<[string, Partial<ApiKey>, Record<string, string | undefined>]>([
    [
      'an active one',
      {
        inactivityTimeout: 'P30D',
        inactiveAt: fromNow({ days: 12 }),
        lastUsedAt: fromNow({ minutes: -3 }),
        lastUsedIp: '10.0.0.7',
        lastUsedUserAgent: 'curl/8.5.0',
        useCount: 12345,
        createdBy: 'user:default/linus',
        subject: 'group:default/team-a',
      },
      {
        Owner: 'adauser:default/ada',
        'Acts as': 'team-agroup:default/team-a',
        Created: like(/^3 days ago, \w+ \d+, \d{4}, \d+:\d+ [AP]M$/),
        'Created by': 'linususer:default/linus',
        Expires: like(
          /^in 87 days, .*MThen the key ends, however much it is used.$/,
        ),
        'Inactivity timeout':
          '30 daysEnds the key only if nobody uses it for this long; every use starts the time anew.',
        'Goes inactive': like(/^in 12 days, .*M$/),
        'Last used': like(/^3 minutes ago, .*MFrom 10.0.0.7curl\/8.5.0$/),
        'Uses in all': '12,345',
        'Key id': 'k1  ',
        Revoked: undefined,
        'Revoked by': undefined,
        'May be used for': undefined,
        'May be used from': undefined,
      },
    ],
    [
      'one without limits',
      { expiresAt: null },
      {
        Expires: 'No expiry',
        'Inactivity timeout': 'None',
        'Goes inactive': undefined,
        'Last used': 'Never used',
        'Uses in all': '0',
      },
    ],
    [
      'an inactive one',
      {
        status: 'inactive',
        inactivityTimeout: 'P30D',
        inactiveAt: fromNow({ days: -2 }),
      },
      {
        'Inactivity timeout': '30 days',
        'Went inactive': like(/^2 days ago, .*M$/),
        'Goes inactive': undefined,
      },
    ],
    [
      'a revoked one',
      {
        status: 'revoked',
        revokedAt: fromNow({ days: -1 }),
        revokedBy: 'user:default/linus',
        revokedReason: 'leaked',
      },
      {
        Revoked: like(/^24 hours ago, .*MRevoked because it leaked$/),
        'Revoked by': 'linususer:default/linus',
        Expires: '—',
      },
    ],
    [
      'one that the portal revoked',
      {
        status: 'revoked',
        revokedAt: fromNow({ days: -1 }),
        revokedReason: 'offboarded',
      },
      {
        Revoked: like(/^24 hours ago, .*MRevoked because its owner left$/),
        'Revoked by': undefined,
      },
    ],
    [
      'one that is for some networks',
      {
        allowedIps: ['10.0.0.0/8'],
      },
      {
        'May be used from': '10.0.0.0/8',
        'Acts for at most': undefined,
      },
    ],
    [
      'one that was made in a session with less than its user has',
      { ownershipCap: ['user:default/ada', 'group:default/contractors'] },
      {
        'Acts for at most': like(
          /^user:default\/adagroup:default\/contractorsThe session that made the key had less/,
        ),
      },
    ],
  ])('of %s', async (_, key, expected) => {
    openKey(key);
    await waitFor(async () => {
      const shown = await facts();
      for (const [name, value] of Object.entries(expected)) {
        expect([name, shown[name]]).toEqual([name, value]);
      }
    });
  });

  it('include the id with a copy button', async () => {
    const { user } = openKey();
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    writeText.mockResolvedValue();
    await user.click(
      await screen.findByRole('button', { name: 'Copy the id' }),
    );
    expect(writeText).toHaveBeenCalledWith('k1');
    expect(await screen.findByText('Copied.')).toBeInTheDocument();
  });
});

describe('the actions on the page of a key', () => {
  it.each<[ApiKey['status'], string[], string[]]>([
    [
      'active',
      ['Rotate…', 'Revoke…'],
      ['Duplicate…', 'Rename…', 'Shorten expiry…'],
    ],
    ['inactive', ['Revoke…'], ['Duplicate…', 'Rename…', 'Keep alive…']],
    ['revoked', ['Duplicate…'], []],
  ])('for a key that is %s', async (status, buttons, items) => {
    const { user } = openKey({ status });
    const group = within(
      await screen.findByRole('group', {
        name: 'What you can do with this key',
      }),
    );
    const menu = group.queryByRole('button', { name: /^Actions for/ });
    const names = group
      .getAllByRole('button')
      .filter(button => button !== menu)
      .map(button => button.textContent);
    expect(names).toEqual(buttons);
    if (menu) await user.click(menu);
    expect(
      screen.queryAllByRole('menuitem').map(item => item.textContent),
    ).toEqual(items);
  });

  it('revoke the key, and move the focus to the message', async () => {
    const { user } = openKey();
    await user.click(await screen.findByRole('button', { name: 'Revoke…' }));
    await user.click(await screen.findByRole('button', { name: 'Revoke key' }));
    expect(
      await screen.findByText(/“CI deploy” is revoked/),
    ).toBeInTheDocument();
    expect(screen.getByText('Revoked by an owner')).toBeInTheDocument();
    await waitFor(() =>
      expect(
        document.activeElement?.contains(
          screen.getByRole('heading', { name: /CI deploy/ }),
        ),
      ).toBe(true),
    );
    expect(document.body).not.toHaveFocus();
  });

  it('leave no message on the page of the next key', async () => {
    const { user } = open(new FakeApiKeysApi(aPair()));
    await user.click(await screen.findByRole('button', { name: 'Revoke…' }));
    await user.click(await screen.findByRole('button', { name: 'Revoke key' }));
    await screen.findByText(/“CI deploy” is revoked/);
    const rotation = within(await section('Rotation'));
    await user.click(rotation.getByRole('link', { name: /nEw2/ }));
    await heading(/nEw2/);
    expect(screen.queryByText(/is revoked/)).not.toBeInTheDocument();
  });

  it('rotate the key, and show the successor', async () => {
    const { api, user } = openKey();
    await user.click(await screen.findByRole('button', { name: 'Rotate…' }));
    await user.click(await screen.findByRole('button', { name: 'Rotate key' }));
    expect(await screen.findByLabelText('Secret')).toHaveValue(api.secret);
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));
    const rotation = within(await section('Rotation'));
    expect(rotation.getByRole('link', { name: /CI deploy/ })).toHaveAttribute(
      'href',
      '/api-keys/made-2',
    );
    expect(screen.getAllByText('Retiring')).not.toHaveLength(0);
  });
});

describe('the rotation family on the page of a key', () => {
  it('is hidden for a key that was never rotated', async () => {
    const { api } = openKey();
    await section('About this key');
    expect(screen.queryByText('Rotation')).not.toBeInTheDocument();
    expect(api.callsOf('listKeys')).toEqual([]);
  });

  it('warns that the old key is still used, and links to the new one', async () => {
    const lastUsedAt = fromNow({ minutes: -3 });
    const { api, user } = open(
      new FakeApiKeysApi(aPair({ lastUsedAt, lastUsedIp: '10.0.0.7' })),
    );
    const rotation = within(await section('Rotation'));
    const [old, fresh] = rotation.getAllByRole('listitem');
    expect(old).toHaveTextContent(
      'Old key still used 3 minutes ago from 10.0.0.7',
    );
    expect(within(old).getByText(/This key/).parentElement).toHaveAttribute(
      'aria-current',
      'page',
    );
    expect(fresh).toHaveTextContent('Never used');
    expect(api.callsOf('listKeys')).toEqual([
      [expect.objectContaining({ familyId: 'k1' })],
    ]);
    await user.click(within(fresh).getByRole('link', { name: /nEw2/ }));
    expect(await heading(/nEw2/)).toBeInTheDocument();
  });

  it.each<[string, Partial<ApiKey>, RegExp]>([
    [
      'a retiring one',
      {},
      /works until its successor is first used, and ends in 7 days at the latest/,
    ],
    [
      'one that has ended',
      revoked(aPair()[1], 'rotated'),
      /Its successor has taken its place/,
    ],
  ])('is linked above %s', async (_, old, text) => {
    open(new FakeApiKeysApi(aPair(old)));
    await heading(/CI deploy/);
    const link = screen.getByRole('link', { name: /its successor/i });
    expect(link).toHaveAttribute('href', '/api-keys/k2');
    expect(link.parentElement).toHaveTextContent(text);
  });

  it('retries after a failure, without affecting the rest of the page', async () => {
    const api = new FakeApiKeysApi(aPair());
    api.fail('listKeys', await refusal(503, 'Error', 'The database is away'));
    const { user } = open(api);
    const rotation = within(await section('Rotation'));
    expect(
      rotation.getByText(
        'The keys before and after this one could not be loaded',
      ),
    ).toBeInTheDocument();
    expect(await section('About this key')).toBeInTheDocument();
    api.fail('listKeys', undefined);
    await user.click(rotation.getByRole('button', { name: 'Retry' }));
    expect(await rotation.findAllByRole('listitem')).toHaveLength(2);
  });
});

describe('the usage on the page of a key', () => {
  const today = new Date().toISOString().slice(0, 10);

  it('shows an empty state', async () => {
    const { api } = openKey();
    const usage = within(await section('Usage in the last 30 days'));
    expect(
      await usage.findByText('Not used in the last 30 days.'),
    ).toBeInTheDocument();
    expect(api.callsOf('getKeyUsage')).toEqual([['k1', { days: 30 }]]);
  });

  it('is a chart that refreshes', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    api.usage = [{ day: today, plugin: 'catalog', uses: 2 }];
    open(api);
    const usage = within(await section('Usage in the last 30 days'));
    expect(await usage.findByText('2 times')).toBeInTheDocument();
    api.usage = [{ day: today, plugin: 'catalog', uses: 3 }];
    comeBack();
    expect(await usage.findByText('3 times')).toBeInTheDocument();
  });

  it('retries after a failure', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    api.fail('getKeyUsage', await refusal(503, 'Error', 'Away'));
    const { user } = open(api);
    const usage = within(await section('Usage in the last 30 days'));
    expect(await usage.findByText('Away')).toBeInTheDocument();
    api.fail('getKeyUsage', undefined);
    await user.click(usage.getByRole('button', { name: 'Retry' }));
    expect(await usage.findByText(/^Not used/)).toBeInTheDocument();
  });
});

describe('the activity on the page of a key', () => {
  const eventsOf = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      anEvent({ id: `${count - i}`, keyId: 'k1', type: 'updated' }),
    );

  it('shows the events of this key with their details', async () => {
    const api = new FakeApiKeysApi(aPair());
    api.events = [
      anEvent({
        id: '3',
        keyId: 'k1',
        type: 'rotated',
        details: { successorId: 'k2' },
      }),
      anEvent({ id: '2', keyId: 'other', type: 'revoked' }),
      anEvent({ id: '1', keyId: 'k1' }),
    ];
    const { user } = open(api);
    const activity = within(await section('Activity'));
    await activity.findByText('Rotated');
    expect(activity.getByText('Created')).toBeInTheDocument();
    expect(activity.queryByText('Revoked')).not.toBeInTheDocument();
    expect(
      activity.getAllByRole('columnheader').map(cell => cell.textContent),
    ).toEqual(['', 'What', 'When', 'By']);
    await user.click(
      activity.getAllByRole('button', { name: 'Show details' })[0],
    );
    expect(
      activity.getByRole('link', { name: 'Open the page of key k2' }),
    ).toHaveAttribute('href', '/api-keys/k2');
  });

  it('comes in pages', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    api.events = eventsOf(51);
    const { user } = open(api);
    const activity = within(await section('Activity'));
    expect(await activity.findByText('50 of 51 events')).toBeInTheDocument();
    await user.click(activity.getByRole('button', { name: 'Load more' }));
    expect(await activity.findByText('51 events')).toBeInTheDocument();
    expect(activity.getAllByText('Changed')).toHaveLength(51);
  });

  it('shows an empty state, and retries after a failure', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    api.fail('listKeyEvents', await refusal(503, 'Error', 'Away'));
    const { user } = open(api);
    const activity = within(await section('Activity'));
    expect(await activity.findByText('Away')).toBeInTheDocument();
    api.fail('listKeyEvents', undefined);
    await user.click(activity.getByRole('button', { name: 'Retry' }));
    expect(
      await activity.findByText('Nothing has happened to this key yet.'),
    ).toBeInTheDocument();
  });
});
