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
// By e-mail too, where it is configured; see app-config.email.yaml.
backend.add(import('./email'));

backend.add(import('@backstage/plugin-mcp-actions-backend'));

// API keys for every plugin above.
backend.add(import('backstage-plugin-api-keys-backend'));

// A backend of which a plugin did not start would go on without ever becoming ready. One that ends is started again.
backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
