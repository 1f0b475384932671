import {
  CatalogApi,
  catalogApiRef,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { Suspense } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { adminRouteRef, rootRouteRef } from '../routing/routes';
import { COMPANY } from './company';
import { FakeApiKeysApi } from './FakeApiKeysApi';

/** Renders a component in an app with the given backend. As in a real app, texts may have to load first. */
export function renderWithApis(
  element: JSX.Element,
  options: {
    api?: FakeApiKeysApi;
    catalog?: CatalogApi;
    /** A permission that the user lacks. */
    denied?: BasicPermission;
    /** The address of the page. */
    at?: string;
    /** The path at which the app mounts the page of the user's own keys. */
    page?: string;
  } = {},
) {
  const {
    api = new FakeApiKeysApi(),
    denied,
    at = '/',
    page = '/api-keys',
  } = options;
  const { catalog = catalogApiMock({ entities: COMPANY }) } = options;
  return renderInTestApp(<Suspense fallback={null}>{element}</Suspense>, {
    initialRouteEntries: [at],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      [page]: rootRouteRef,
      '/api-keys-admin': adminRouteRef,
    },
    apis: [
      [apiKeysApiRef, api],
      [
        permissionApiRef,
        {
          authorize: async ({ permission }) => ({
            result:
              permission.name === denied?.name
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }),
        },
      ],
      [catalogApiRef, catalog],
      mockApis.discovery({ baseUrl: 'https://portal.example.com' }),
      mockApis.identity({
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada', 'group:default/team-a'],
        token: 'token',
      }),
    ],
  });
}
