import { DatabaseManager } from '@backstage/backend-defaults/database';
import { BackendFeature } from '@backstage/backend-plugin-api';

// Dependency of packages/e2e. If it were one of this package, the demo portal would have to set what the configuration
// schema of RBAC requires.
const { default: rbacPlugin } = jest.requireActual(
  '@backstage-community/plugin-rbac-backend',
);

/** RBAC opens connections of its own and never closes them. */
type Closable = { close(): Promise<void> };

/** Returns Red Hat's RBAC plugin and a function that closes its connections. */
export function startableRbac(): {
  rbacPlugin: BackendFeature;
  close(): Promise<void>;
} {
  const opened: Closable[] = [];

  const { fromConfig } = DatabaseManager;
  jest.spyOn(DatabaseManager, 'fromConfig').mockImplementation((...args) => {
    const manager = fromConfig.apply(DatabaseManager, args);
    const forPlugin = manager.forPlugin.bind(manager);
    manager.forPlugin = (...plugin) => {
      const database = forPlugin(...plugin);
      opened.push({
        close: async () => (await database.getClient()).destroy(),
      });
      return database;
    };
    return manager;
  });

  const adapters = jest.requireActual('typeorm-adapter').default;
  const { newAdapter } = adapters;
  jest.spyOn(adapters, 'newAdapter').mockImplementation(async (...args) => {
    const adapter = await newAdapter.apply(adapters, args);
    opened.push(adapter);
    return adapter;
  });

  return {
    rbacPlugin,
    async close() {
      for (const one of opened.splice(0)) await one.close().catch(() => {});
      jest.restoreAllMocks();
    },
  };
}
