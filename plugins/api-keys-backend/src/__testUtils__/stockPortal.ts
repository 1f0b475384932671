import { createBackendModule } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { JsonObject } from '@backstage/types';
import { company } from './company';
import { eventually } from './eventually';
import { realCatalog } from './realCatalog';
import { SharedDatabases } from './sharedDatabases';
import { freePort, startTestPortal, TestPortal } from './startTestPortal';

/** Processor for templates: the catalog rejects entities of kinds that no processor knows. */
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

/**
 * Starts a portal with a port and the real catalog, on databases that it may share with others. Resolves once all
 * entities are processed.
 */
export async function startStockPortal(
  options: Omit<
    Parameters<typeof startTestPortal>[0],
    'realCatalog' | 'port'
  > & {
    shared: SharedDatabases;
    /** Entities in addition to those of the company. */
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
    // Not an `expect`, since this also runs in processes without a test.
    if (body.length !== expected) {
      throw new Error(`${body.length} of ${expected} entities are there`);
    }
  });
  return portal;
}
