import { createBackendModule } from '@backstage/backend-plugin-api';
import { apiKeyEventSinkExtensionPoint } from 'backstage-plugin-api-keys-node';

/** Sends events of API keys to the company's queue. */
export const apiKeyQueueModule = createBackendModule({
  pluginId: 'api-keys',
  moduleId: 'queue',
  register(reg) {
    reg.registerInit({
      deps: { sinks: apiKeyEventSinkExtensionPoint },
      async init({ sinks }) {
        sinks.addSink({
          name: 'queue',
          eventTypes: ['created', 'revoked'],
          async deliver(events, { signal }) {
            const response = await fetch('https://queue.example.com/events', {
              method: 'POST',
              body: JSON.stringify(events),
              signal,
            });
            if (!response.ok) throw new Error(`HTTP ${response.status}`);
          },
        });
      },
    });
  },
});
