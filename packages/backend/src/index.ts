import { createBackend } from '@backstage/backend-defaults';
import { startOneAtATime } from './startOneAtATime';

const backend = createBackend();

backend.add(startOneAtATime);

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./demoAuthProvider'));

backend.add(import('@backstage/plugin-catalog-backend'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./demoPermissionPolicy'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
// Also by e-mail, if configured; see app-config.email.yaml.
backend.add(import('./email'));

backend.add(import('@backstage/plugin-mcp-actions-backend'));

// Adds API keys to all plugins above.
backend.add(import('backstage-plugin-api-keys-backend'));

// A backend with a failed plugin would run without ever becoming ready. A process that exits is restarted.
backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
