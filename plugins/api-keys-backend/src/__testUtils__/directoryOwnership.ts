import { createBackendModule } from '@backstage/backend-plugin-api';
import { apiKeyOwnershipExtensionPoint } from 'backstage-plugin-api-keys-node';
import { groupsInDirectory } from './directory';

export default createBackendModule({
  pluginId: 'auth',
  moduleId: 'api-key-ownership',
  register(reg) {
    reg.registerInit({
      deps: { ownership: apiKeyOwnershipExtensionPoint },
      async init({ ownership }) {
        ownership.setOwnershipResolver({
          async resolveOwnership(userEntityRef, { resolveFromCatalog }) {
            const groups = await groupsInDirectory(userEntityRef);
            if (!groups) return undefined;
            const user = await resolveFromCatalog();
            return {
              ownershipEntityRefs: [
                ...(user?.ownershipEntityRefs ?? [userEntityRef]),
                ...groups,
              ],
            };
          },
        });
      },
    });
  },
});
