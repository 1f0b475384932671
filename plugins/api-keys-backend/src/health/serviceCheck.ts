import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  ApiKeyAwareService,
  ApiKeyRuntime,
  apiKeyRuntimeServiceRef,
} from 'backstage-plugin-api-keys-node';
import { actionsServiceRef } from '../backstage/actions';
import { pluginTokenHandlerDecoratorServiceRef } from '../backstage/tokenHandler';

/** What becomes of keys where a factory of somebody else has taken the place of the one that knows of them. */
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
 * Stops the start of a backend in which a service that has to know of keys is replaced. Backstage takes the factory that is added to
 * the backend rather than the one of a feature loader, without a word.
 */
export const serviceCheckModule = createBackendModule({
  pluginId: 'api-keys',
  moduleId: 'service-check',
  register(reg) {
    reg.registerInit({
      deps: {
        // These are created for whoever asks first, and then the runtime knows of them.
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
