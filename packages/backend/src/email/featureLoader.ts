import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import notificationsModuleEmail from '@backstage/plugin-notifications-backend-module-email';
import { notificationsModuleEmailTemplate } from './module';

/**
 * Notifications as e-mail, where `notifications.processors.email` is configured. The stock module stops the start of a portal
 * where it is not.
 */
export const emailFeatureLoader = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    if (!config.has('notifications.processors.email')) return;
    yield notificationsModuleEmail;
    yield notificationsModuleEmailTemplate;
  },
});
