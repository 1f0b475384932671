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
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { ApiKeysApi } from 'backstage-plugin-api-keys-common';
import { ReactElement, Suspense } from 'react';
import apiKeysPlugin from '..';
import { COMPANY } from './company';
import { anEvent } from './events';
import { FakeApiKeysApi } from './FakeApiKeysApi';
import { Answer, FakeBackend } from './FakeBackend';
import { aKey, aPolicy, fromNow } from './keys';
import { anOverride } from './ownerPolicies';

const [ADA] = COMPANY;
const PETSTORE = { ...ADA, kind: 'API' };

const testerOf = (id: string) =>
  createExtensionTester(apiKeysPlugin.getExtension(id as 'page:api-keys'), {
    apis: [mockApis.translation()],
  });
const elementOf = (id: string) =>
  testerOf(id).get(coreExtensionData.reactElement);

/** Shows a part of the plugin on a page of another one. */
const pageWith = (name: string, element: JSX.Element) =>
  PageBlueprint.make({
    name,
    params: {
      path: `/${name}`,
      title: 'Page of another plugin',
      loader: async () => <Suspense fallback={null}>{element}</Suspense>,
    },
  });

const others = createFrontendPlugin({
  pluginId: 'others',
  extensions: [
    pageWith(
      'card',
      <EntityProvider entity={ADA}>
        {elementOf('entity-card:api-keys')}
      </EntityProvider>,
    ),
    pageWith(
      'tab',
      <EntityProvider entity={ADA}>
        {elementOf('entity-content:api-keys')}
      </EntityProvider>,
    ),
    pageWith(
      'api',
      <EntityProvider entity={PETSTORE}>
        {elementOf('entity-card:api-keys/api-scope')}
      </EntityProvider>,
    ),
    pageWith(
      'home',
      (
        createExtensionTester(
          apiKeysPlugin.getExtension('home-page-widget:api-keys'),
        ).get(homePageWidgetDataRef) as { component: ReactElement }
      ).component,
    ),
    pageWith('settings', elementOf('sub-page:api-keys/settings')),
  ],
});

/**
 * Opens a page of a portal whose backend gives another answer than it should, to one of the methods of the client or to all.
 */
export function openPortal(
  path: string,
  answer?: Answer,
  method?: keyof ApiKeysApi,
) {
  const api = new FakeApiKeysApi(
    [
      aKey({
        name: 'Nightly',
        useCount: 3,
        predecessorId: 'k0',
        scopes: ['api:default/ada'],
        expiresAt: fromNow({ days: 3 }),
      }),
    ],
    aPolicy({ scopes: { configured: [], catalogApis: true } }),
  );
  api.events = [anEvent()];
  api.usage = [{ day: '2026-11-01', plugin: 'catalog', uses: 3 }];
  api.uses = [{ keyId: 'k1', day: '2026-11-01', uses: 3 }];
  api.overrides = [
    anOverride('user:default/ada', { lifetime: { max: 'P1D' } }),
  ];
  api.upcomingWarnings = [
    {
      keyId: 'k1',
      keyName: 'Nightly',
      owner: 'user:default/ada',
      kind: 'expiry',
      endsAt: fromNow({ days: 3 }),
      dueAt: fromNow({ days: 2 }),
      threshold: 'P1D',
    },
  ];
  const backend = new FakeBackend(api);
  if (answer) backend.break(answer, method);
  renderTestApp({
    features: [others, apiKeysPlugin],
    initialRouteEntries: [path],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      mockApis.discovery({ baseUrl: 'https://portal.example.com' }),
      mockApis.fetch({
        baseImplementation: backend.fetch as typeof global.fetch,
      }),
      mockApis.identity({
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada'],
        token: 'token',
      }),
      [catalogApiRef, catalogApiMock({ entities: COMPANY })],
      [
        permissionApiRef,
        { authorize: async () => ({ result: AuthorizeResult.ALLOW }) },
      ],
    ],
  });
  return backend;
}
