import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DemoSignInPage } from './DemoSignInPage';

const USERS = ['Ada Brandt', 'Mei Tanaka'].map(displayName => {
  const name = displayName.split(' ')[0].toLowerCase();
  return {
    ref: `user:default/${name}`,
    name,
    displayName,
    role: 'Developer',
    team: 'Team A',
  };
});

const SESSION = {
  profile: {},
  backstageIdentity: { token: 'token', expiresInSeconds: 3600, identity: {} },
};

const config = {
  app: { title: 'Portal', baseUrl: 'http://localhost:3000' },
  organization: { name: 'Harbour Works' },
  backend: { baseUrl: 'http://localhost:7007' },
};

describe('DemoSignInPage', () => {
  const fetched = jest.spyOn(global, 'fetch');
  const onSignInSuccess = jest.fn();

  beforeEach(() => {
    localStorage.clear();
    onSignInSuccess.mockReset();
    fetched.mockReset();
  });

  afterAll(() => fetched.mockRestore());

  /** Renders the page with these responses of the backend. */
  const open = (answers: {
    users: () => Promise<Response>;
    refresh?: () => Promise<Response>;
  }) => {
    fetched.mockImplementation(input =>
      String(input).endsWith('/users')
        ? answers.users()
        : answers.refresh?.() ?? Promise.reject(new Error('not expected')),
    );
    renderInTestApp(<DemoSignInPage onSignInSuccess={onSignInSuccess} />, {
      config,
    });
  };

  it('works with the keyboard', async () => {
    open({
      users: async () => Response.json(USERS),
      refresh: async () => Response.json(SESSION),
    });
    await screen.findByRole('button', { name: /^Ada Brandt/ });

    await userEvent.tab();
    await userEvent.tab();
    expect(screen.getByRole('button', { name: /^Mei Tanaka/ })).toHaveFocus();
    await userEvent.keyboard('{Enter}');

    expect(fetched).toHaveBeenLastCalledWith(
      expect.stringMatching(/\/demo\/refresh$/),
      expect.objectContaining({ body: '{"user":"mei"}' }),
    );
    expect(onSignInSuccess).toHaveBeenCalledTimes(1);
  });

  it('waits for the backend, then for the catalog', async () => {
    jest.useFakeTimers();
    try {
      const users = jest.fn(async () => Response.json(USERS));
      users.mockRejectedValueOnce(new TypeError('Failed to fetch'));
      users.mockResolvedValueOnce(Response.json([]));
      open({ users });

      expect(
        await screen.findByText(/not ready yet \(Failed to fetch\)/),
      ).toBeInTheDocument();
      await act(() => jest.advanceTimersByTimeAsync(2_000));
      expect(
        screen.getByText(/catalog is still reading the files/),
      ).toBeInTheDocument();
      await act(() => jest.advanceTimersByTimeAsync(2_000));
      expect(
        screen.getByRole('button', { name: /^Ada Brandt/ }),
      ).toBeInTheDocument();
    } finally {
      jest.useRealTimers();
    }
  });

  it('tries again at once when asked to', async () => {
    const users = jest.fn(async () => Response.json(USERS));
    users.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    open({ users });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Try now' }),
    );

    await screen.findByRole('button', { name: /^Ada Brandt/ });
    expect(users).toHaveBeenCalledTimes(2);
  });

  it('signs in again silently', async () => {
    localStorage.setItem('demo-sign-in/user', 'ada');
    const users = jest.fn(async () => Response.json(USERS));
    open({ users, refresh: async () => Response.json(SESSION) });

    await screen.findByTestId('progress');
    expect(onSignInSuccess).toHaveBeenCalledTimes(1);
    expect(users).not.toHaveBeenCalled();
  });

  it('says why somebody could not sign in, and lets one choose again', async () => {
    localStorage.setItem('demo-sign-in/user', 'bob');
    open({
      users: async () => Response.json(USERS),
      refresh: async () =>
        Response.json(
          {
            error: { name: 'AuthenticationError', message: 'no such user' },
            response: { statusCode: 401 },
          },
          { status: 401 },
        ),
    });

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not sign in as bob: no such user',
    );
    expect(
      await screen.findByRole('button', { name: /^Ada Brandt/ }),
    ).toBeInTheDocument();
    expect(onSignInSuccess).not.toHaveBeenCalled();
  });
});
