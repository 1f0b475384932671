import { createApp } from '@backstage/app-defaults';
import { Entity } from '@backstage/catalog-model';
import {
  AppRouter,
  ConfigReader,
  defaultConfigLoader,
  FlatRoutes,
} from '@backstage/core-app-api';
import {
  Content,
  Header,
  Page,
  Sidebar,
  SidebarItem,
  SidebarPage,
} from '@backstage/core-components';
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
} from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { Route, useParams } from 'react-router-dom';
import { DemoSignIn } from './DemoSignIn';
import { loadScalprumPlugins } from './scalprum';

/** Parts of `dynamicPlugins.frontend.<plugin>` that this app supports. */
type Wiring = {
  appIcons: { name: string; importName: string }[];
  dynamicRoutes: {
    path: string;
    importName: string;
    menuItem: { icon: string; text: string };
  }[];
  mountPoints: {
    mountPoint: string;
    importName: string;
    config: { if: { anyOf: { isKind: string }[] } };
  }[];
  translationResources: { importName: string }[];
};

/** App on the old frontend system, which wires plugins by configuration, as Red Hat Developer Hub 1 does. */
async function start() {
  const config = ConfigReader.fromConfigs(await defaultConfigLoader());
  const plugins = await loadScalprumPlugins(
    config.getString('backend.baseUrl'),
  );
  const wirings = config.get<Record<string, Wiring>>('dynamicPlugins.frontend');
  const wired = Object.entries(wirings).map(([name, wiring]) => ({
    wiring,
    exports: plugins[name],
  }));

  const mounted = wired.flatMap(({ wiring, exports }) =>
    wiring.mountPoints.map(({ importName, config: { if: condition } }) => ({
      Component: exports[importName] as ComponentType,
      kinds: condition.anyOf.map(({ isKind }) => isKind),
    })),
  );
  const EntityPage = () => {
    const { namespace, kind = '', name = '' } = useParams();
    const entity: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { namespace, name },
    };
    return (
      <Page themeId="home">
        <Header title={name} />
        <Content>
          <EntityProvider entity={entity}>
            {mounted
              .filter(({ kinds }) => kinds.includes(kind))
              .map(({ Component }, i) => (
                <Component key={i} />
              ))}
          </EntityProvider>
        </Content>
      </Page>
    );
  };
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

  const icons = Object.fromEntries(
    wired.flatMap(({ wiring, exports }) =>
      wiring.appIcons.map(({ name, importName }) => [
        name,
        exports[importName],
      ]),
    ),
  );
  const routes = wired.flatMap(({ wiring, exports }) =>
    wiring.dynamicRoutes.map(({ path, importName, menuItem }) => ({
      path,
      menuItem,
      Component: exports[importName] as ComponentType,
    })),
  );
  const app = createApp({
    components: { SignInPage: DemoSignIn },
    icons,
    plugins: wired
      .flatMap(({ exports }) => Object.values(exports))
      .filter(each => typeof each?.getApis === 'function'),
    __experimentalTranslations: {
      availableLanguages: config.getOptionalStringArray('i18n.locales'),
      resources: wired.flatMap(({ wiring, exports }) =>
        wiring.translationResources.map(
          ({ importName }) => exports[importName],
        ),
      ),
    },
  });
  const Root = app.createRoot(
    <AppRouter>
      <SidebarPage>
        <Sidebar>
          {routes.map(({ path, menuItem: { icon, text } }) => (
            <SidebarItem key={path} icon={icons[icon]} to={path} text={text} />
          ))}
        </Sidebar>
        <FlatRoutes>
          {routes.map(({ path, Component }) => (
            <Route key={path} path={path} element={<Component />} />
          ))}
          <Route
            path="/catalog/:namespace/:kind/:name"
            element={<CatalogEntityPage />}
          />
        </FlatRoutes>
      </SidebarPage>
    </AppRouter>,
  );
  createRoot(document.getElementById('root')!).render(<Root />);
}

start();
