import {
  createExtensionTester,
  mockApis,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import {
  coreExtensionData,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { screen } from '@testing-library/react';
import { ReactElement, Suspense } from 'react';
import apiKeysPlugin, { apiKeysApiRef } from '.';
import { COMPANY } from './__testUtils__/company';
import { FakeApiKeysApi } from './__testUtils__/FakeApiKeysApi';
import { aKey, aPolicy, fromNow } from './__testUtils__/keys';
import { renderWithApis } from './__testUtils__/renderWithApis';

const api = new FakeApiKeysApi([
  aKey({ name: 'CI deploy', expiresAt: fromNow({ days: 2 }) }),
]);

/** An extension's addition to the page of an entity. The tester's types do not cover the contents of a plugin. */
type Place = { isFor?: (entity: Entity) => boolean; element: JSX.Element };

function card(
  id:
    | 'entity-card:api-keys'
    | 'entity-card:api-keys/api-scope' = 'entity-card:api-keys',
): Place {
  const extension = createExtensionTester(apiKeysPlugin.getExtension(id));
  return {
    isFor: extension.get(EntityCardBlueprint.dataRefs.filterFunction),
    element: extension.get(coreExtensionData.reactElement),
  };
}

function tab(): Place {
  const extension = createExtensionTester(
    apiKeysPlugin.getExtension('entity-content:api-keys'),
    { apis: [mockApis.translation()] },
  );
  return {
    isFor: extension.get(EntityContentBlueprint.dataRefs.filterFunction),
    element: extension.get(coreExtensionData.reactElement),
  };
}

describe('in an app on the new frontend system', () => {
  it('the settings have a tab', async () => {
    // Stands in for the settings plugin: a page whose tabs are the sub-pages that other plugins attach.
    const settings = createFrontendPlugin({
      pluginId: 'user-settings',
      extensions: [
        PageBlueprint.make({
          params: { path: '/settings', title: 'Settings' },
        }),
      ],
    });
    renderTestApp({
      features: [settings, apiKeysPlugin],
      initialRouteEntries: ['/settings'],
      apis: [[apiKeysApiRef, api], mockApis.identity({ token: 'token' })],
    });
    expect(
      await screen.findByRole('tab', { name: 'API keys' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('row', { name: /CI deploy/ }),
    ).toBeInTheDocument();
    // The tab of the settings must not replace the page of the plugin.
    expect(
      screen.getByRole('heading', { level: 1, name: 'Settings' }),
    ).toBeInTheDocument();
  });

  it.each([
    ['a card', () => card()],
    ['a tab', tab],
  ])('users and groups have %s', async (_, open) => {
    const { isFor, element } = open();
    const [ada, , team] = COMPANY;
    expect(isFor?.(ada)).toBe(true);
    expect(isFor?.(team)).toBe(true);
    expect(isFor?.({ ...ada, kind: 'Component' })).toBe(false);
    renderWithApis(<EntityProvider entity={ada}>{element}</EntityProvider>, {
      api,
    });
    expect(
      await screen.findByRole('link', { name: 'CI deploy' }),
    ).toHaveAttribute('href', '/api-keys/k1');
  });

  it('APIs have a card', async () => {
    const { isFor, element } = card('entity-card:api-keys/api-scope');
    const petstore = { ...COMPANY[0], kind: 'API' };
    expect(isFor?.(petstore)).toBe(true);
    expect(isFor?.(COMPANY[0])).toBe(false);
    const policy = aPolicy({ scopes: { configured: [], catalogApis: true } });
    renderWithApis(
      <EntityProvider entity={petstore}>{element}</EntityProvider>,
      { api: new FakeApiKeysApi([], policy) },
    );
    expect(
      await screen.findByText('Access with an API key'),
    ).toBeInTheDocument();
    expect(screen.getByText('api:default/ada')).toBeInTheDocument();
  });

  it('a home page has a widget', async () => {
    const widget: { title?: string; component: ReactElement } =
      createExtensionTester(
        apiKeysPlugin.getExtension('home-page-widget:api-keys'),
      ).get(homePageWidgetDataRef);
    expect(widget.title).toBe('API keys');
    renderWithApis(<Suspense fallback={null}>{widget.component}</Suspense>, {
      api,
    });
    expect(
      await screen.findByRole('list', { name: '1 key expires this week' }),
    ).toHaveTextContent('CI deploy');
  });
});
