import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
  SignInPageProps,
} from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKeySummary } from 'backstage-plugin-api-keys-common';
import { useEffect } from 'react';
import { Route } from 'react-router-dom';
import { COMPANY } from '../__testUtils__/company';
import { summarize } from '../__testUtils__/inventory';
import { aKey, aPolicy, fromNow } from '../__testUtils__/keys';
import {
  ApiKeysAdminPage,
  ApiKeysIcon,
  ApiKeysPage,
  ApiKeysSettings,
  EntityApiKeysCard,
  EntityApiKeysContent,
  EntityApiScopeCard,
  HomeApiKeysCard,
} from '.';

const KEYS = [aKey({ name: 'CI deploy', expiresAt: fromNow({ days: 2 }) })];
const SUMMARY: ApiKeySummary = summarize(KEYS);

const POLICY = aPolicy({ scopes: { configured: [], catalogApis: true } });

const fetched: string[] = [];

async function answer(input: RequestInfo | URL): Promise<Response> {
  const url = input instanceof Request ? input.url : `${input}`;
  fetched.push(url);
  if (url.includes('/v1/policy')) return Response.json(POLICY);
  if (url.includes('/v1/scopes')) {
    return Response.json({ items: [], totalItems: 0, pageInfo: {} });
  }
  if (url.includes('/v1/admin/summary')) return Response.json(SUMMARY);
  if (url.includes('/v1/keys') || url.includes('/v1/admin/keys')) {
    const page = { items: KEYS, totalItems: KEYS.length, pageInfo: {} };
    return Response.json(page);
  }
  return Response.json({}, { status: 404 });
}

/** Signs Ada in. */
const SignInPage = ({ onSignInSuccess }: SignInPageProps) => {
  useEffect(() => {
    onSignInSuccess({
      getProfileInfo: async () => ({ displayName: 'Ada Brandt' }),
      getBackstageIdentity: async () => ({
        type: 'user',
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada'],
      }),
      getCredentials: async () => ({ token: 'token' }),
      signOut: async () => {},
    });
  }, [onSignInSuccess]);
  return null;
};

/** The page of a user, as the catalog has it. */
const CatalogPage = createPlugin({
  id: 'catalog',
  apis: [
    createApiFactory(catalogApiRef, catalogApiMock({ entities: COMPANY })),
  ],
}).provide(
  createRoutableExtension({
    name: 'CatalogPage',
    mountPoint: entityRouteRef,
    component: async () => () =>
      (
        <EntityProvider entity={COMPANY[0]}>
          <EntityApiKeysCard />
          <EntityApiKeysContent />
        </EntityProvider>
      ),
  }),
);

/** The page of an API, as an app has it. */
const ApiPage = () => (
  <EntityProvider entity={{ ...COMPANY[0], kind: 'API' }}>
    <EntityApiScopeCard />
  </EntityProvider>
);

/** An app as one writes it for the old frontend system. */
async function open(path: string) {
  window.history.pushState({}, '', path);
  const app = createApp({
    apis: [createApiFactory(fetchApiRef, { fetch: answer })],
    components: { SignInPage },
    configLoader: async () => [
      {
        context: 'test',
        data: {
          app: { title: 'Portal', baseUrl: 'http://localhost' },
          backend: { baseUrl: 'https://portal.example.com' },
        },
      },
    ],
  });
  const Root = app.createRoot(
    <AppRouter>
      <nav>
        <ApiKeysIcon />
      </nav>
      <FlatRoutes>
        <Route path="/" element={<HomeApiKeysCard />} />
        <Route path="/api" element={<ApiPage />} />
        <Route path="/settings" element={<ApiKeysSettings />} />
        <Route path="/api-keys" element={<ApiKeysPage />} />
        <Route path="/api-keys-admin" element={<ApiKeysAdminPage />} />
        <Route
          path="/catalog/:namespace/:kind/:name"
          element={<CatalogPage />}
        />
      </FlatRoutes>
    </AppRouter>,
  );
  render(<Root />);
}

describe('in an app on the old frontend system', () => {
  const wait = { timeout: 20_000 };

  it('the page has a header and loads the keys from the backend plugin', async () => {
    await open('/api-keys');
    expect(
      await screen.findByRole('row', { name: /CI deploy/ }, wait),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { level: 1, name: 'My API Keys' }),
    ).toBeInTheDocument();
    expect(
      fetched.every(url =>
        url.startsWith('https://portal.example.com/api/api-keys/v1/'),
      ),
    ).toBe(true);
  }, 30_000);

  it('the admin page has a header', async () => {
    await open('/api-keys-admin');
    expect(
      await screen.findByRole('region', { name: 'Everybody’s API keys' }, wait),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { level: 1, name: 'API keys admin' }),
    ).toBeInTheDocument();
  }, 30_000);

  it('links lead to the page of a key and back, without loading the app again', async () => {
    await open('/api-keys');
    await userEvent.click(
      await screen.findByRole('link', { name: /CI deploy/ }, wait),
    );
    const back = { name: 'All your API keys' };
    await userEvent.click(await screen.findByRole('link', back, wait));
    expect(
      await screen.findByRole('region', { name: 'Your API keys' }),
    ).toBeInTheDocument();
    expect(window.location.pathname).toBe('/api-keys');
  }, 30_000);

  it('filters are in the URL', async () => {
    await open('/api-keys');
    await userEvent.type(await screen.findByLabelText('Search', {}, wait), 'x');
    await waitFor(() => expect(window.location.search).toBe('?q=x'));
  }, 30_000);

  it('a path below the page redirects to the admin page', async () => {
    await open('/api-keys/admin/leaks?owner=x');
    expect(
      await screen.findByRole('tab', { name: 'Leak desk' }, wait),
    ).toHaveAttribute('aria-selected', 'true');
    expect(window.location.pathname).toBe('/api-keys-admin/leaks');
    expect(window.location.search).toBe('?owner=x');
  }, 30_000);

  it('documents have the titles of their pages', async () => {
    await open('/api-keys');
    await screen.findByRole('row', { name: /CI deploy/ }, wait);
    await waitFor(() => expect(document.title).toBe('My API Keys | Portal'));
    cleanup();
    await open('/api-keys-admin/policies');
    await waitFor(
      () => expect(document.title).toBe('Policies | API keys admin | Portal'),
      wait,
    );
  }, 60_000);

  it('the settings show the keys', async () => {
    await open('/settings');
    expect(
      await screen.findByRole('row', { name: /CI deploy/ }, wait),
    ).toBeInTheDocument();
  }, 30_000);

  it('the home page and the sidebar icon show keys that end soon', async () => {
    await open('/');
    const list = { name: '1 key expires this week' };
    expect(await screen.findByRole('list', list, wait)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'CI deploy' })).toHaveAttribute(
      'href',
      '/api-keys/k1',
    );
    expect(
      screen.getByRole('img', { name: '1 key needs attention' }),
    ).toBeInTheDocument();
  }, 30_000);

  it('the page of a user shows the keys in a card and in a tab', async () => {
    await open('/catalog/default/user/ada');
    const links = await screen.findAllByRole(
      'link',
      { name: 'CI deploy' },
      wait,
    );
    expect(links).toHaveLength(2);
  }, 30_000);

  it('the page of an API has a card', async () => {
    await open('/api');
    const link = { name: 'Create an API key' };
    expect(await screen.findByRole('button', link, wait)).toHaveAttribute(
      'href',
      '/api-keys?scope=api%3Adefault%2Fada',
    );
    expect(
      await screen.findByText('No API key carries this scope yet.'),
    ).toBeInTheDocument();
  }, 30_000);
});
