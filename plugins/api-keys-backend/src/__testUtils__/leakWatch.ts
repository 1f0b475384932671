import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  API_KEYS_EVENTS_TOPIC,
  ApiKeyEventPayload,
} from 'backstage-plugin-api-keys-node';

/** Logs leaks of API keys, so that log monitoring can alert on them. */
export const leakWatchPlugin = createBackendPlugin({
  pluginId: 'leak-watch',
  register(reg) {
    reg.registerInit({
      deps: { events: eventsServiceRef, logger: coreServices.logger },
      async init({ events, logger }) {
        await events.subscribe({
          id: 'leaks',
          topics: [API_KEYS_EVENTS_TOPIC],
          async onEvent({ eventPayload }) {
            const event = eventPayload as ApiKeyEventPayload;
            if (event.version !== 1) return;
            if (event.type === 'revoked' && event.details.reason === 'leaked') {
              logger.error(
                `API key ${event.keyId} of ${event.owner} has leaked`,
              );
            }
          },
        });
      },
    });
  },
});
