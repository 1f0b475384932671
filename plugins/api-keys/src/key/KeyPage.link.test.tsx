import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { Route, Routes, useLocation, useNavigate } from 'react-router-dom';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, refusal } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { ApiKeysPage } from '../my-keys/ApiKeysPage';

const Address = () => {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      <output>{`${pathname}${search}`}</output>
      <button onClick={() => navigate('/start')}>Leave</button>
      <button onClick={() => navigate(-1)}>Go back</button>
      <button onClick={() => navigate('/api-keys/k2?do=rotate')}>
        Follow a link
      </button>
    </>
  );
};
const address = () => document.querySelector('output')?.textContent;

function open(options: { api?: FakeApiKeysApi; at: string; page?: string }) {
  const {
    api = new FakeApiKeysApi([aKey()]),
    at,
    page = '/api-keys',
  } = options;
  renderWithApis(
    <>
      <Routes>
        <Route path={`${page}/*`} element={<ApiKeysPage />} />
        <Route path="*" element={null} />
      </Routes>
      <Address />
    </>,
    { api, at, page },
  );
  return { api, user: userEvent.setup() };
}

const openKey = (key: Partial<ApiKey>, at: string) =>
  open({ api: new FakeApiKeysApi([aKey(key)]), at });
const noDialog = () =>
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();

describe('A link that requests an action on a key', () => {
  it.each([
    ['rotate', 'Rotate “CI deploy”?'],
    ['keep-alive', 'Keep “CI deploy” alive?'],
    ['revoke', 'Revoke “CI deploy”?'],
  ])('opens the dialog to %s it', async (action, name) => {
    openKey({ inactivityTimeout: 'P30D' }, `/api-keys/k1?do=${action}`);
    expect(await screen.findByRole('dialog', { name })).toBeVisible();
  });

  it('opens once: only its parameter is removed from the URL', async () => {
    const { user } = open({ at: '/api-keys/k1?do=rotate&x=y' });
    await screen.findByRole('dialog');
    expect(address()).toBe('/api-keys/k1?x=y');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(noDialog);
    await user.click(screen.getByText('Leave'));
    expect(address()).toBe('/start');
    await user.click(screen.getByText('Go back'));
    await screen.findByRole('heading', { name: /CI deploy/ });
    expect(address()).toBe('/api-keys/k1?x=y');
    noDialog();
  });

  it('works from the page of another key', async () => {
    const keys = [aKey(), aKey({ id: 'k2', name: 'Other' })];
    const { user } = open({
      api: new FakeApiKeysApi(keys),
      at: '/api-keys/k1',
    });
    await screen.findByRole('heading', { name: /CI deploy/ });
    await user.click(screen.getByText('Follow a link'));
    expect(
      await screen.findByRole('dialog', { name: 'Rotate “Other”?' }),
    ).toBeVisible();
  });

  it('works wherever the page is mounted', async () => {
    open({ page: '/tools/keys', at: '/tools/keys/k1?do=rotate' });
    expect(await screen.findByRole('dialog')).toBeVisible();
    expect(address()).toBe('/tools/keys/k1');
  });

  it.each<[Partial<ApiKey>, string, RegExp]>([
    [{ status: 'expired' }, 'rotate', /for rotating this key.*has expired/],
    [{ status: 'revoked' }, 'revoke', /for revoking this key.*is revoked/],
    [{ status: 'inactive' }, 'rotate', /gone inactive.*Keep it alive first/],
    [{}, 'keep-alive', /for keeping this key alive.*does not go inactive/],
  ])(
    'explains for a key that is %j why it cannot %s it',
    async (key, action, message) => {
      const { user } = openKey(key, `/api-keys/k1?do=${action}`);
      expect(await screen.findByText(message)).toBeInTheDocument();
      noDialog();
      expect(address()).toBe('/api-keys/k1');
      await user.click(screen.getByRole('button', { name: 'Dismiss' }));
      expect(screen.queryByText(message)).not.toBeInTheDocument();
    },
  );

  it('does nothing with a key of another user', async () => {
    const api = new FakeApiKeysApi();
    api.fail('getKey', await refusal(404, 'NotFoundError', 'No key'));
    open({ api, at: '/api-keys/k1?do=revoke' });
    expect(
      await screen.findByText(/There is no such key, or it is not yours/),
    ).toBeInTheDocument();
    noDialog();
  });

  it.each(['delete', 'create', 'ROTATE', ''])(
    'ignores the action “%s”',
    async action => {
      open({ at: `/api-keys/k1?do=${action}` });
      const heading = await screen.findByRole('heading', { name: /CI deploy/ });
      expect(heading).toBeInTheDocument();
      noDialog();
    },
  );

  it('never acts without a confirmation', async () => {
    const { api } = open({ at: '/api-keys/k1?do=revoke' });
    await screen.findByRole('dialog');
    expect(api.callsOf('revokeKey')).toEqual([]);
  });

  it('waits while a secret is shown', async () => {
    const keys = [aKey(), aKey({ id: 'k2', name: 'Other' })];
    const { api, user } = open({
      api: new FakeApiKeysApi(keys),
      at: '/api-keys/k1?do=rotate',
    });
    await user.click(await screen.findByRole('button', { name: 'Rotate key' }));
    expect(await screen.findByLabelText('Secret')).toHaveValue(api.secret);
    await user.click(screen.getByText('Follow a link'));
    await screen.findByText('Other');
    expect(await screen.findByLabelText('Secret')).toHaveValue(api.secret);
    await user.click(screen.getByRole('button', { name: 'I have stored it' }));
    expect(
      await screen.findByRole('dialog', { name: 'Rotate “Other”?' }),
    ).toBeVisible();
  });
});
