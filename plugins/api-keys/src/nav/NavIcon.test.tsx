import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, screen, waitFor } from '@testing-library/react';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, refusal } from '../__testUtils__/keys';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { NavIcon } from './NavIcon';

const SOON = aKey({ id: 'soon', expiresAt: fromNow({ days: 2 }) });

function setUp(api: FakeApiKeysApi, { signedIn = true } = {}) {
  return renderInTestApp(<NavIcon />, {
    apis: [
      [apiKeysApiRef, api],
      mockApis.identity(signedIn ? { token: 'token' } : {}),
    ],
  });
}

const calls = (api: FakeApiKeysApi) => api.callsOf('listKeys').length;

describe('NavIcon', () => {
  it('shows a dot with the number of keys that end within a week', async () => {
    setUp(new FakeApiKeysApi([SOON, aKey({ id: 'later' })]));
    expect(
      await screen.findByRole('img', { name: '1 key needs attention' }),
    ).toBeInTheDocument();
  });

  it('shows no dot if no key ends soon', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    setUp(api);
    await waitFor(() => expect(calls(api)).toBe(1));
    await act(async () => {});
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });

  it('shows no dot if the keys cannot be loaded', async () => {
    const api = new FakeApiKeysApi([SOON]);
    api.fail('listKeys', await refusal(503, 'Error', 'away'));
    setUp(api);
    await waitFor(() => expect(calls(api)).toBe(1));
    await act(async () => {});
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('keeps the sidebar intact when the app is broken', async () => {
    const print = jest.spyOn(window.console, 'error').mockReturnValue();
    const subscribe = () => {
      throw new Error('broken');
    };
    renderInTestApp(
      <nav>
        Sidebar <NavIcon />
      </nav>,
      {
        apis: [
          [apiKeysApiRef, new FakeApiKeysApi([SOON])],
          [signalApiRef, { subscribe }],
          mockApis.identity({ token: 'token' }),
        ],
      },
    );
    await waitFor(() => expect(print).toHaveBeenCalled());
    expect(screen.getByText('Sidebar')).toBeInTheDocument();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
    print.mockRestore();
  });

  it('sends no request before sign-in', async () => {
    const api = new FakeApiKeysApi([SOON]);
    setUp(api, { signedIn: false });
    await act(async () => {});
    expect(calls(api)).toBe(0);
  });
});
