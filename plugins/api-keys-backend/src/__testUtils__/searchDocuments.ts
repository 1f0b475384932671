import { Readable } from 'node:stream';
import {
  createBackendModule,
  createExtensionPoint,
} from '@backstage/backend-plugin-api';
import { createPermission } from '@backstage/plugin-permission-common';

/** Extension point of the search plugin; the package that exports it is no dependency of this one. */
const searchIndex = createExtensionPoint<{
  addCollator(options: {
    schedule: {
      run(task: { fn(signal: AbortSignal): unknown }): Promise<void>;
    };
    factory: object;
  }): void;
}>({ id: 'search.index.registry' });

/** Fills the index of the search plugin once at start, with a document for each entity. */
export const searchDocuments = (entityRefs: string[]) =>
  createBackendModule({
    pluginId: 'search',
    moduleId: 'test-documents',
    register(reg) {
      reg.registerInit({
        deps: { index: searchIndex },
        async init({ index }) {
          index.addCollator({
            schedule: {
              run: async ({ fn }) => {
                await fn(new AbortController().signal);
              },
            },
            factory: {
              type: 'software-catalog',
              visibilityPermission: createPermission({
                name: 'catalog.entity.read',
                attributes: { action: 'read' },
                resourceType: 'catalog-entity',
              }),
              getCollator: async () =>
                Readable.from(
                  entityRefs.map(resourceRef => ({
                    title: resourceRef,
                    text: 'somebody',
                    location: `/catalog/${resourceRef}`,
                    authorization: { resourceRef },
                  })),
                ),
            },
          });
        },
      });
    },
  });
