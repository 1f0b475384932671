import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { Suspense } from 'react';
import { apiKeysApiRef } from '../api';
import { FakeApiKeysApi } from './FakeApiKeysApi';

/** Renders a component in an app whose backend is the given one. As in an app, texts may have to load first. */
export function renderWithApis(
  element: JSX.Element,
  options: { api?: FakeApiKeysApi; mayCreate?: boolean } = {},
) {
  const { api = new FakeApiKeysApi(), mayCreate = true } = options;
  return renderInTestApp(<Suspense fallback={null}>{element}</Suspense>, {
    apis: [
      [apiKeysApiRef, api],
      [
        permissionApiRef,
        {
          authorize: async () => ({
            result: mayCreate ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          }),
        },
      ],
      mockApis.discovery({ baseUrl: 'https://portal.example.com' }),
    ],
  });
}
