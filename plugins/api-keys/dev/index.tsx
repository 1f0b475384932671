/*
 * Runs the plugin in a separate app, with an in-memory client: `yarn start` in this package.
 */
import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { Sidebar, SidebarItem, SidebarPage } from '@backstage/core-components';
import { createApiFactory, SignInPageProps } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { Navigate, Route } from 'react-router-dom';
import { COMPANY } from '../src/__testUtils__/company';
import { anEvent } from '../src/__testUtils__/events';
import { FakeApiKeysApi } from '../src/__testUtils__/FakeApiKeysApi';
import { aKey, fromNow, revoked } from '../src/__testUtils__/keys';
import { apiKeysApiRef } from '../src/api/apiKeysApiRef';
import {
  ApiKeysAdminIcon,
  ApiKeysAdminPage,
  ApiKeysIcon,
  ApiKeysPage,
} from '../src/legacy';

/** Signs in the owner of the keys. */
function SignInPage({ onSignInSuccess }: SignInPageProps) {
  useEffect(() => {
    onSignInSuccess({
      getProfileInfo: async () => ({ displayName: 'Ada Brandt' }),
      getBackstageIdentity: async () => ({
        type: 'user',
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada', 'group:default/team-a'],
      }),
      getCredentials: async () => ({}),
      signOut: async () => {},
    });
  }, [onSignInSuccess]);
  return null;
}

const api = new FakeApiKeysApi([
  aKey({ id: 'k1', name: 'CI deploy', lastUsedAt: fromNow({ hours: -1 }) }),
  aKey({ id: 'k2', name: 'Backup', expiresAt: fromNow({ days: 2 }) }),
  aKey({
    id: 'k3',
    name: 'Dashboards',
    owner: 'group:default/team-a',
    accessRestrictions: [{ plugin: 'catalog' }],
  }),
  revoked(aKey({ id: 'k4', name: 'Old laptop' }), 'owner'),
]);
api.events = [anEvent({ keyId: 'k1' })];

const app = createApp({
  apis: [
    createApiFactory(apiKeysApiRef, api),
    createApiFactory(catalogApiRef, catalogApiMock({ entities: COMPANY })),
    createApiFactory(permissionApiRef, {
      authorize: async () => ({ result: AuthorizeResult.ALLOW }),
    }),
  ],
  components: { SignInPage },
});

const Root = app.createRoot(
  <AppRouter>
    <SidebarPage>
      <Sidebar>
        <SidebarItem icon={ApiKeysIcon} to="api-keys" text="My API Keys" />
        <SidebarItem
          icon={ApiKeysAdminIcon}
          to="api-keys-admin"
          text="API keys admin"
        />
      </Sidebar>
      <FlatRoutes>
        <Route path="/" element={<Navigate to="api-keys" />} />
        <Route path="/api-keys" element={<ApiKeysPage />} />
        <Route path="/api-keys-admin" element={<ApiKeysAdminPage />} />
      </FlatRoutes>
    </SidebarPage>
  </AppRouter>,
);

createRoot(document.getElementById('root')!).render(<Root />);
