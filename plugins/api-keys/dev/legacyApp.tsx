import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import {
  Content,
  Header,
  Page,
  Sidebar,
  SidebarItem,
  SidebarPage,
} from '@backstage/core-components';
import {
  configApiRef,
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  IdentityApi,
  SignInPageProps,
  useApi,
} from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import HomeIcon from '@material-ui/icons/Home';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { Route, useParams } from 'react-router-dom';
import {
  ApiKeysAdminIcon,
  ApiKeysAdminPage,
  ApiKeysIcon,
  ApiKeysPage,
  ApiKeysSettings,
  EntityApiKeysCard,
  EntityApiKeysContent,
  HomeApiKeysCard,
} from '../src/legacy';

/** Signs in the demo user that `?user=` names, by default Ada. */
function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const backendUrl = useApi(configApiRef).getString('backend.baseUrl');
  useEffect(() => {
    const session = fetch(`${backendUrl}/api/auth/demo/refresh`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        user: new URLSearchParams(window.location.search).get('user') ?? 'ada',
      }),
    }).then(response => response.json());
    const identity: IdentityApi = {
      getProfileInfo: async () => (await session).profile,
      getBackstageIdentity: async () =>
        (await session).backstageIdentity.identity,
      getCredentials: async () => ({
        token: (await session).backstageIdentity.token,
      }),
      signOut: async () => {},
    };
    onSignInSuccess(identity);
  }, [onSignInSuccess, backendUrl]);
  return null;
}

function EntityPage() {
  const { namespace, kind = '', name = '' } = useParams();
  const metadata = { namespace, name };
  return (
    <Page themeId="home">
      <Header title={name} />
      <Content>
        <EntityProvider
          entity={{ apiVersion: 'backstage.io/v1alpha1', kind, metadata }}
        >
          <EntityApiKeysCard />
          <EntityApiKeysContent />
        </EntityProvider>
      </Content>
    </Page>
  );
}

/** Empty catalog page in place of the real one, which every portal has. */
const CatalogEntityPage = createPlugin({
  id: 'catalog',
  apis: [createApiFactory(catalogApiRef, catalogApiMock())],
}).provide(
  createRoutableExtension({
    name: 'CatalogEntityPage',
    mountPoint: entityRouteRef,
    component: async () => EntityPage,
  }),
);

function HomePage() {
  return (
    <Page themeId="home">
      <Header title="Home" />
      <Content>
        <HomeApiKeysCard />
      </Content>
    </Page>
  );
}

const app = createApp({ components: { SignInPage } });

/** An app on the old frontend system, by the steps of docs/frontend.md. */
const Root = app.createRoot(
  <AppRouter>
    <SidebarPage>
      <Sidebar>
        <SidebarItem icon={HomeIcon} to="/" text="Home" />
        <SidebarItem icon={ApiKeysIcon} to="api-keys" text="My API Keys" />
        <SidebarItem
          icon={ApiKeysAdminIcon}
          to="api-keys-admin"
          text="API keys admin"
        />
      </Sidebar>
      <FlatRoutes>
        <Route path="/" element={<HomePage />} />
        <Route path="/api-keys" element={<ApiKeysPage />} />
        <Route path="/api-keys-admin" element={<ApiKeysAdminPage />} />
        <Route path="/settings" element={<ApiKeysSettings />} />
        <Route
          path="/catalog/:namespace/:kind/:name"
          element={<CatalogEntityPage />}
        />
      </FlatRoutes>
    </SidebarPage>
  </AppRouter>,
);

createRoot(document.getElementById('root')!).render(<Root />);
