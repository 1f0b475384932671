import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';

const LOCATION = 'url:https://example.com/company.yaml';

/** The catalog plugin itself, which takes a moment to take these entities in. */
export function realCatalog(entities: Entity[]): BackendFeature[] {
  const testEntities = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'test-entities',
    register(reg) {
      reg.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        async init({ catalog }) {
          catalog.addEntityProvider({
            getProviderName: () => 'test-entities',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: entities.map(entity => ({
                  entity: locate(entity),
                  locationKey: 'test-entities',
                })),
              }),
          });
        },
      });
    },
  });
  return [catalogPlugin, testEntities];
}

function locate(entity: Entity): Entity {
  const annotations = {
    [ANNOTATION_LOCATION]: LOCATION,
    [ANNOTATION_ORIGIN_LOCATION]: LOCATION,
  };
  // Relations are the catalog's own to find out.
  const { relations, ...rest } = entity;
  return { ...rest, metadata: { ...rest.metadata, annotations } };
}
