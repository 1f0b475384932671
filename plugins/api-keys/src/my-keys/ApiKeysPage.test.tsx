import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ListApiKeysRequest } from 'backstage-plugin-api-keys-common';
import { useLocation } from 'react-router-dom';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { ApiKeysPage } from './ApiKeysPage';

function setUp(api = new FakeApiKeysApi([aKey()])) {
  renderWithApis(<ApiKeysPage />, { api });
  return { api, user: userEvent.setup() };
}

/** Requests for the list, without those that count the ended keys. */
const listed = (api: FakeApiKeysApi) =>
  api
    .callsOf('listKeys')
    .map(([query]) => query as ListApiKeysRequest)
    .filter(({ limit }) => limit !== 1);

const createButton = () => screen.findByRole('button', { name: 'Create key' });
const comeBack = () => fireEvent(window, new Event('focus'));
const lastQuery = (api: FakeApiKeysApi) => listed(api).pop();

async function act(
  user: ReturnType<typeof userEvent.setup>,
  name: string,
  action: string,
) {
  await user.click(
    await screen.findByRole('button', { name: `Actions for ${name}` }),
  );
  await user.click(screen.getByRole('menuitem', { name: action }));
}

async function create(user: ReturnType<typeof userEvent.setup>, name: string) {
  await waitFor(async () => expect(await createButton()).toBeEnabled());
  await user.click(await createButton());
  await screen.findByLabelText('Expiry');
  await user.keyboard(name);
  await user.click(await createButton());
  return screen.findByLabelText('Secret');
}

describe('ApiKeysPage', () => {
  it('explains keys if there are none, with one button to create one', async () => {
    setUp(new FakeApiKeysApi());
    expect(
      await screen.findByText('You have no working API keys'),
    ).toBeInTheDocument();
    expect(screen.getByText(/let a script, a CI job/)).toBeInTheDocument();
    expect(await createButton()).toBeInTheDocument();
  });

  it('removes the secret when the dialog is closed', async () => {
    const { api, user } = setUp(new FakeApiKeysApi());
    expect(await create(user, 'CI')).toHaveValue(api.secret);
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));

    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(await screen.findByText('CI')).toBeInTheDocument();
    const values = [...document.querySelectorAll('input, textarea')].map(
      field => (field as HTMLInputElement).value,
    );
    expect(document.documentElement.outerHTML).not.toContain(api.secret);
    expect(values.join()).not.toContain(api.secret);
  });

  it('shows the secret again if the app remounts before it is stored', async () => {
    const api = new FakeApiKeysApi();
    const { unmount } = renderWithApis(<ApiKeysPage />, { api });
    const user = userEvent.setup();
    await create(user, 'CI');
    unmount();

    const again = renderWithApis(<ApiKeysPage />, { api });
    expect(await screen.findByLabelText('Secret')).toHaveValue(api.secret);
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));
    again.unmount();

    renderWithApis(<ApiKeysPage />, { api });
    expect(await screen.findByText('CI')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('shows the new key even if filters exclude it', async () => {
    const { user } = setUp();
    await user.selectOptions(await screen.findByLabelText('Show'), 'ended');
    await user.type(screen.getByLabelText('Search'), 'old');
    await create(user, 'Brand new');
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));
    expect(await screen.findByText('Brand new')).toBeInTheDocument();
    expect(screen.getByLabelText('Search')).toHaveValue('');
  });

  it('returns the focus to the button that opened the dialog', async () => {
    const { user } = setUp();
    await create(user, 'CI 2');
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));
    await waitFor(async () => expect(await createButton()).toHaveFocus());
  });

  it('revokes a key and says so, with the focus on the list', async () => {
    const { api, user } = setUp(
      new FakeApiKeysApi([aKey(), aKey({ id: 'k2', name: 'Other' })]),
    );
    await act(user, 'CI deploy', 'Revoke…');
    await user.click(await screen.findByRole('button', { name: 'Revoke key' }));
    expect(
      await screen.findByText(/“CI deploy” is revoked/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(screen.queryByText('CI deploy')).not.toBeInTheDocument();
    expect(screen.getByText('Other')).toBeInTheDocument();
    expect(api.callsOf('revokeKey')).toEqual([['k1']]);
    await waitFor(() =>
      expect(
        screen.getByRole('region', { name: 'Your API keys' }),
      ).toHaveFocus(),
    );

    await user.click(screen.getByRole('button', { name: 'Show ended keys' }));
    const row = (await screen.findByText('CI deploy')).closest('tr');
    expect(within(row as HTMLElement).getByText('Revoked')).toBeInTheDocument();
  });

  it('renames a key', async () => {
    const { user } = setUp();
    await act(user, 'CI deploy', 'Rename…');
    await user.type(await screen.findByLabelText(/^Name/), ' 2{Enter}');
    expect(await screen.findByText('CI deploy 2')).toBeInTheDocument();
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: 'Actions for CI deploy 2' }),
      ).toHaveFocus(),
    );
  });

  it('rotates a key, shows the new secret, and both keys after that', async () => {
    const { api, user } = setUp();
    await act(user, 'CI deploy', 'Rotate…');
    await user.click(await screen.findByRole('button', { name: 'Rotate key' }));
    expect(await screen.findByLabelText('Secret')).toHaveValue(api.secret);
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));
    expect(await screen.findAllByText('CI deploy')).toHaveLength(2);
    expect(screen.getByText('Retiring')).toBeInTheDocument();
    expect(document.documentElement.outerHTML).not.toContain(api.secret);
  });

  it('lists working keys, newest first, by default', async () => {
    const { api, user } = setUp();
    await screen.findByText('CI deploy');
    expect(lastQuery(api)).toMatchObject({
      status: ['active', 'retiring'],
      orderBy: 'createdAt:desc',
    });
    await user.selectOptions(screen.getByLabelText('Show'), 'all');
    await waitFor(() =>
      expect(lastQuery(api)).not.toHaveProperty('status', []),
    );
    expect(lastQuery(api)).toMatchObject({ status: undefined });
    await user.selectOptions(screen.getByLabelText('Show'), 'ended');
    await waitFor(() =>
      expect(lastQuery(api)).toMatchObject({
        status: ['inactive', 'expired', 'revoked'],
      }),
    );
  });

  it('debounces the search', async () => {
    const { api, user } = setUp();
    await screen.findByText('CI deploy');
    await user.type(screen.getByLabelText('Search'), 'nothing');
    expect(await screen.findByText('No key matches')).toBeInTheDocument();
    expect(listed(api).filter(({ q }) => q)).toEqual([
      expect.objectContaining({ q: 'nothing' }),
    ]);
    await user.click(screen.getByRole('button', { name: 'Show all keys' }));
    expect(await screen.findByText('CI deploy')).toBeInTheDocument();
  });
});

const Address = () => <output>{useLocation().search}</output>;

describe('ApiKeysPage, its URL', () => {
  function setUpAt(at: string) {
    const api = new FakeApiKeysApi([
      aKey({ name: 'Old CI', status: 'revoked' }),
    ]);
    renderWithApis(
      <>
        <ApiKeysPage />
        <Address />
      </>,
      { api, at },
    );
    const address = () => document.querySelector('output')?.textContent;
    return { api, user: userEvent.setup(), address };
  }

  it('determines the filters and the order', async () => {
    const { api } = setUpAt('/?group=revoked&q=CI&orderBy=name%3Aasc');
    expect(await screen.findByText('Old CI')).toBeInTheDocument();
    expect(screen.getByLabelText('Show')).toHaveValue('revoked');
    expect(screen.getByLabelText('Search')).toHaveValue('CI');
    expect(screen.getByLabelText('Sort by')).toHaveValue('name:asc');
    expect(listed(api)).toEqual([
      expect.objectContaining({
        status: ['revoked'],
        q: 'CI',
        orderBy: 'name:asc',
      }),
    ]);
  });

  it('follows the filters', async () => {
    const { user, address } = setUpAt('/');
    await user.selectOptions(await screen.findByLabelText('Show'), 'ended');
    await user.selectOptions(screen.getByLabelText('Sort by'), 'name:asc');
    await user.type(screen.getByLabelText('Search'), 'ci');
    expect(address()).toBe('?group=ended&q=ci&orderBy=name%3Aasc');
    await user.selectOptions(screen.getByLabelText('Show'), 'working');
    expect(address()).toBe('?q=ci&orderBy=name%3Aasc');
  });
});

describe('ApiKeysPage, keys that have ended', () => {
  const ended = (id: string) =>
    aKey({ id, name: `Old ${id}`, status: 'expired' });

  it('are hidden behind a link', async () => {
    const keys = [aKey(), ended('a'), ended('b')];
    const { user } = setUp(new FakeApiKeysApi(keys));
    const show = await screen.findByRole('button', {
      name: 'Show 2 ended keys',
    });
    expect(screen.queryByText('Old a')).not.toBeInTheDocument();
    await user.click(show);
    expect(await screen.findByText('Old a')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Show \d/ }),
    ).not.toBeInTheDocument();
  });

  it('are found by the search', async () => {
    const keys = [aKey(), ended('a'), ended('b')];
    const { user } = setUp(new FakeApiKeysApi(keys));
    await screen.findByText('CI deploy');
    await user.type(screen.getByLabelText('Search'), 'old b');
    await screen.findByText('No key matches');
    await user.click(
      await screen.findByRole('button', { name: 'Show 1 ended key' }),
    );
    expect(await screen.findByText('Old b')).toBeInTheDocument();
    expect(screen.queryByText('Old a')).not.toBeInTheDocument();
  });

  it('are not mentioned if there are none', async () => {
    setUp();
    await screen.findByText('CI deploy');
    expect(
      screen.queryByRole('button', { name: /Show \d/ }),
    ).not.toBeInTheDocument();
  });
});

describe('ApiKeysPage, refreshing', () => {
  it('shows changes when the user returns, without a loading state', async () => {
    const { api } = setUp();
    const before = await screen.findByText('CI deploy');
    api.keys = [
      aKey({ lastUsedAt: fromNow({ seconds: -70 }) }),
      aKey({ id: 'k2', name: 'Other' }),
    ];
    comeBack();
    expect(
      screen.queryByRole('status', { name: 'Loading your API keys' }),
    ).not.toBeInTheDocument();
    expect(await screen.findByText('Other')).toBeInTheDocument();
    expect(screen.getByText('1 minute ago')).toBeInTheDocument();
    expect(screen.getByText('CI deploy')).toBe(before);
  });

  it('keeps the keys if that fails, and recovers', async () => {
    const { api, user } = setUp();
    await screen.findByText('CI deploy');
    api.fail('listKeys', await refusal(503, 'Error', 'The database is away'));
    comeBack();
    expect(await screen.findByText(/The database is away/)).toBeInTheDocument();
    expect(screen.getByText('CI deploy')).toBeInTheDocument();
    api.fail('listKeys', undefined);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() =>
      expect(screen.queryByText(/database is away/)).not.toBeInTheDocument(),
    );
  });
});

describe('ApiKeysPage, without permission to see keys', () => {
  it('says just that', async () => {
    const api = new FakeApiKeysApi();
    api.fail('listKeys', await refusal(403, 'NotAllowedError', 'Forbidden'));
    setUp(api);
    expect(
      await screen.findByText('You are not permitted to see API keys'),
    ).toBeInTheDocument();
  });
});
