import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, aPolicy, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { ApiKeysPage } from './ApiKeysPage';

const Address = () => <output>{useLocation().search}</output>;
const address = () => document.querySelector('output')?.textContent;

function setUp({
  api = new FakeApiKeysApi([aKey()]),
  at = '/?from=k1&x=y',
} = {}) {
  renderWithApis(
    <>
      <ApiKeysPage />
      <Address />
    </>,
    { api, at },
  );
  return { api, user: userEvent.setup() };
}

const WITH_SCOPES = aPolicy({
  scopes: {
    configured: ['deploy', 'read'].map(name => ({
      name,
      title: null,
      description: null,
    })),
    catalogApis: true,
  },
});

describe('A link that requests scopes', () => {
  it('opens the form with them, and is removed from the URL on close', async () => {
    const api = new FakeApiKeysApi([aKey()], WITH_SCOPES);
    const { user } = setUp({
      api,
      at: '/?scope=deploy&scope=api:default/petstore&x=y',
    });
    expect(
      await screen.findByText(
        'Nothing in Backstage; outside: deploy and Pet store',
      ),
    ).toBeVisible();
    expect(screen.getByLabelText(/^Name/)).toHaveValue('');
    expect(api.callsOf('getKey')).toEqual([]);
    await user.click(screen.getByText('Cancel'));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await waitFor(() => expect(address()).toBe('?x=y'));
  });

  it('does nothing without scopes', async () => {
    setUp({ at: '/?scope=' });
    expect(await screen.findByText('CI deploy')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('A link that requests a copy of a key', () => {
  it('opens the form with it, and is removed from the URL on close', async () => {
    const { user } = setUp();
    expect(
      await screen.findByRole('dialog', {
        name: 'Create a copy of “CI deploy”',
      }),
    ).toBeVisible();
    expect(screen.getByLabelText(/^Name/)).toHaveValue('CI deploy (Copy)');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await waitFor(() => expect(address()).toBe('?x=y'));
  });

  it('creates the copy, and removes its secret', async () => {
    const { api, user } = setUp();
    await screen.findByLabelText('Expiry');
    await user.click(
      screen
        .getAllByRole('button', { name: 'Create key' })
        .filter(each => each.closest('[role=dialog]'))[0],
    );
    expect(await screen.findByLabelText('Secret')).toHaveValue(api.secret);
    expect(api.callsOf('createKey')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));
    await waitFor(() => expect(address()).not.toContain('from'));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(await screen.findByText('CI deploy (Copy)')).toBeInTheDocument();
    expect(document.documentElement.outerHTML).not.toContain(api.secret);
  });

  it.each([
    [404, 'NotFoundError', 'No key', /is not there, or not yours to see/],
    [403, 'NotAllowedError', 'No', /is not there, or not yours to see/],
    [503, 'Error', 'The database is away', /could not be loaded.*is away/],
  ])(
    'opens an empty form and says why after a %s',
    async (status, name, message, words) => {
      const api = new FakeApiKeysApi([]);
      api.fail('getKey', await refusal(status, name, message));
      setUp({ api });
      expect(
        await screen.findByRole('dialog', { name: 'Create an API key' }),
      ).toBeVisible();
      expect(screen.getByRole('alert')).toHaveTextContent(words);
      expect(screen.getByLabelText(/^Name/)).toHaveValue('');
    },
  );

  it('combines scopes with the cloned key, and removes both from the URL', async () => {
    const api = new FakeApiKeysApi([aKey()], WITH_SCOPES);
    const { user } = setUp({ api, at: '/?from=k1&scope=deploy&x=y' });
    expect(await screen.findByLabelText('deploy')).toBeChecked();
    expect(screen.getByLabelText('Everything I can do')).toBeChecked();
    await user.click(screen.getByText('Cancel'));
    await waitFor(() => expect(address()).toBe('?x=y'));
  });

  it('does nothing without an id', async () => {
    const { api } = setUp({ at: '/?from=' });
    expect(await screen.findByText('CI deploy')).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(api.callsOf('getKey')).toEqual([]);
  });
});
