import {
  createExtensionTester,
  mockApis,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { screen } from '@testing-library/react';
import apiKeysPlugin, { apiKeysApiRef, rootRouteRef } from '.';
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

  it('gives the page what the sidebar needs for an entry', () => {
    const page = createExtensionTester(
      apiKeysPlugin.getExtension('page:api-keys'),
    );
    expect(page.get(coreExtensionData.routePath)).toBe('/api-keys');
    expect(page.get(coreExtensionData.routeRef)).toBe(rootRouteRef);
    expect(page.get(coreExtensionData.title)).toBe('My API Keys');
    expect(page.get(coreExtensionData.icon)).toBeDefined();
  });

  it('asks the backend plugin for the keys, with the credentials of the user', async () => {
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
    expect(`${fetch.mock.calls[0][0]}`).toBe(
      'https://portal.example.com/api/api-keys/v1/keys?status=active&status=retiring&orderBy=createdAt%3Adesc&limit=50',
    );
  });
});
