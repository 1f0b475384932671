import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  ApiKeyAwareService,
  ApiKeyRuntime,
  apiKeyRuntimeServiceRef,
} from 'backstage-plugin-api-keys-node/internal';
import { actionsServiceRef } from '../../backstage/actions';
import { pluginTokenHandlerDecoratorServiceRef } from '../../backstage/tokenHandler';

/** Effect on keys if the factory of a service that handles keys is replaced by another one. */
const WITHOUT: Record<
  ApiKeyAwareService,
  { serviceId: string; effect: string }
> = {
  tokenHandler: {
    serviceId: pluginTokenHandlerDecoratorServiceRef.id,
    effect: 'API keys would be refused everywhere',
  },
  permissions: {
    serviceId: coreServices.permissions.id,
    effect: 'API keys for some permissions would be refused everywhere',
  },
  userInfo: {
    serviceId: coreServices.userInfo.id,
    effect: 'API keys would own all that their users own',
  },
  actions: {
    serviceId: actionsServiceRef.id,
    effect: 'Tasks would go on acting for API keys that have ended',
  },
};

/**
 * Fails the start of a backend in which a service that handles keys is replaced. Backstage silently prefers a factory that is
 * added to the backend to that of a feature loader.
 */
export const serviceCheckModule = createBackendModule({
  pluginId: 'api-keys',
  moduleId: 'service-check',
  register(reg) {
    reg.registerInit({
      deps: {
        // Dependencies on these services create them, and our factories then register themselves in the runtime.
        actions: actionsServiceRef,
        permissions: coreServices.permissions,
        tokenHandler: pluginTokenHandlerDecoratorServiceRef,
        userInfo: coreServices.userInfo,
        runtime: apiKeyRuntimeServiceRef,
      },
      async init({ runtime }) {
        checkServices(runtime);
      },
    });
  },
});

function checkServices(runtime: ApiKeyRuntime) {
  for (const [service, { serviceId, effect }] of Object.entries(WITHOUT)) {
    if (runtime.hasService(service as ApiKeyAwareService)) continue;
    throw new Error(
      `${effect}, since this backend has a factory of its own for ${serviceId}: add it as backend.add(behindApiKeys(…)), with behindApiKeys of backstage-plugin-api-keys-node, so that both work`,
    );
  }
}
