import { createBackendModule } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { JsonObject } from '@backstage/types';
import { company } from './company';
import { eventually } from './eventually';
import { realCatalog } from './realCatalog';
import { SharedDatabases } from './sharedDatabases';
import { freePort, startTestPortal, TestPortal } from './startTestPortal';

/** The catalog takes entities of a kind that one of its processors knows. */
const templateKind = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'template-kind',
  register(reg) {
    reg.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addProcessor({
          getProcessorName: () => 'template-kind',
          validateEntityKind: async ({ kind }) => kind === 'Template',
        });
      },
    });
  },
});

/** A portal with a port and the real catalog, on databases that it may share with others. It is ready once all entities are there. */
export async function startStockPortal(
  options: Omit<
    Parameters<typeof startTestPortal>[0],
    'realCatalog' | 'port'
  > & {
    shared: SharedDatabases;
    /** Besides those of the company. */
    entities?: Entity[];
  },
): Promise<TestPortal> {
  const { shared, entities = [], backend, ...others } = options;
  const portal = await startTestPortal({
    ...others,
    port: await freePort(),
    backend: { ...backend, database: shared.database } as JsonObject,
    realCatalog: [...realCatalog([...company, ...entities]), templateKind],
  });
  const expected = company.length + entities.length;
  await eventually(async () => {
    const session = await portal.signIn('ada');
    const { body } = await portal.call('get', '/api/catalog/entities', session);
    // Also in a process without a test.
    if (body.length !== expected) {
      throw new Error(`${body.length} of ${expected} entities are there`);
    }
  });
  return portal;
}
