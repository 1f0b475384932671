import {
  createExtensionTester,
  mockApis,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import apiKeysPlugin, { adminRouteRef, apiKeysApiRef, rootRouteRef } from '.';
import { FakeApiKeysApi } from './__testUtils__/FakeApiKeysApi';
import { aKey } from './__testUtils__/keys';

describe('apiKeysPlugin', () => {
  it('shows the keys of the user on its page', async () => {
    renderTestApp({
      features: [apiKeysPlugin],
      initialRouteEntries: ['/api-keys'],
      apis: [[apiKeysApiRef, new FakeApiKeysApi([aKey()])]],
    });
    expect(await screen.findByText('CI deploy')).toBeInTheDocument();
  });

  it('shows all keys on the admin page, with an entry', async () => {
    renderTestApp({
      features: [apiKeysPlugin],
      initialRouteEntries: ['/api-keys-admin'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [
        [apiKeysApiRef, new FakeApiKeysApi([aKey()])],
        [catalogApiRef, catalogApiMock()],
      ],
    });
    expect(
      await screen.findByRole('region', { name: 'Everybody’s API keys' }),
    ).toBeInTheDocument();
    // In the sidebar, and in the header of the page.
    const links = screen.getAllByRole('link', { name: 'API keys admin' });
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      '/api-keys-admin',
      '/api-keys-admin',
    ]);
  });

  it('gives the page a sidebar entry', () => {
    const page = createExtensionTester(
      apiKeysPlugin.getExtension('page:api-keys'),
      { apis: [mockApis.translation()] },
    );
    expect(page.get(coreExtensionData.routePath)).toBe('/api-keys');
    expect(page.get(coreExtensionData.routeRef)).toBe(rootRouteRef);
    expect(page.get(coreExtensionData.title)).toBe('My API Keys');
    expect(page.get(coreExtensionData.icon)).toBeDefined();
  });

  it("loads the keys from the backend plugin, with the user's credentials", async () => {
    const fetch = jest.fn(async (_url: unknown, _init?: unknown) =>
      Response.json({
        items: [aKey({ name: 'From the backend' })],
        totalItems: 1,
        pageInfo: {},
      }),
    );
    renderTestApp({
      features: [apiKeysPlugin],
      initialRouteEntries: ['/api-keys'],
      apis: [
        mockApis.discovery({ baseUrl: 'https://portal.example.com' }),
        mockApis.fetch({ baseImplementation: fetch as typeof global.fetch }),
      ],
    });
    expect(await screen.findByText('From the backend')).toBeInTheDocument();
    expect(fetch.mock.calls.map(([url]) => `${url}`)).toContain(
      'https://portal.example.com/api/api-keys/v1/keys?status=active&status=retiring&orderBy=createdAt%3Adesc&limit=50',
    );
  });

  it('gives the admin page a sidebar entry', () => {
    const page = createExtensionTester(
      apiKeysPlugin.getExtension('page:api-keys/admin'),
      { apis: [mockApis.translation()] },
    );
    expect(page.get(coreExtensionData.routePath)).toBe('/api-keys-admin');
    expect(page.get(coreExtensionData.routeRef)).toBe(adminRouteRef);
    expect(page.get(coreExtensionData.title)).toBe('API keys admin');
    expect(page.get(coreExtensionData.icon)).toBeDefined();
  });

  // Backstage evaluates conditions (`if`) before it renders anything: one that cannot be evaluated takes down the whole app.
  it('does not block the start of the app without a backend', () => {
    // The public type does not mention them.
    const { extensions } = apiKeysPlugin as unknown as {
      extensions: { id: string; if?: unknown }[];
    };
    expect(extensions.map(({ id }) => id)).toContain('page:api-keys/admin');
    expect(extensions.filter(extension => extension.if)).toEqual([]);
  });
});
