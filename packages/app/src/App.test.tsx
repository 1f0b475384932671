import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

const USERS = [
  {
    ref: 'user:default/ada',
    name: 'ada',
    displayName: 'Ada Brandt',
    role: 'Backend developer',
    team: 'Team A',
  },
];

const SESSION = {
  providerInfo: {},
  profile: { displayName: 'Ada Brandt' },
  backstageIdentity: {
    token: 'token',
    expiresInSeconds: 3600,
    identity: {
      type: 'user',
      userEntityRef: 'user:default/ada',
      ownershipEntityRefs: ['user:default/ada'],
    },
  },
};

const CONFIG = {
  context: 'test',
  data: {
    app: { title: 'Portal under test', baseUrl: 'http://localhost:3000' },
    organization: { name: 'Harbour Works' },
    backend: { baseUrl: 'http://localhost:7007' },
  },
};

function answer(url: string): Response {
  if (url.endsWith('/api/auth/demo/users')) return Response.json(USERS);
  if (url.endsWith('/api/auth/demo/refresh')) return Response.json(SESSION);
  return Response.json({ items: [], totalItems: 0, pageInfo: {} });
}

describe('App', () => {
  it('asks who one would like to be, and lets that person in', async () => {
    jest.replaceProperty(process, 'env', {
      ...process.env,
      // A string only by its type: the build puts the configuration itself here.
      APP_CONFIG: [CONFIG] as unknown as string,
    });
    const fetched = jest
      .spyOn(global, 'fetch')
      .mockImplementation(async input =>
        answer(input instanceof Request ? input.url : String(input)),
      );
    const { default: app } = await import('./App');

    render(app.createRoot());

    const ada = await screen.findByRole(
      'button',
      { name: 'Ada Brandt Backend developer' },
      { timeout: 15_000 },
    );
    expect(
      screen.getByRole('heading', { level: 1, name: 'Portal under test' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Team A' })).toBeInTheDocument();
    expect(screen.getByText(/for trying out only/)).toBeInTheDocument();

    await userEvent.click(ada);

    await waitFor(() =>
      expect(fetched).toHaveBeenCalledWith(
        'http://localhost:7007/api/auth/demo/refresh',
        expect.objectContaining({ body: '{"user":"ada"}' }),
      ),
    );
    expect(
      await screen.findByRole('link', { name: 'Harbour Works, home' }),
    ).toBeInTheDocument();
    const pages = ['Catalog', 'My API Keys', 'API keys admin'];
    for (const name of [...pages, 'Notifications', 'Settings']) {
      expect(screen.getByRole('link', { name })).toBeInTheDocument();
    }
  }, 60_000);
});
