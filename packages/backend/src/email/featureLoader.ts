import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import notificationsModuleEmail from '@backstage/plugin-notifications-backend-module-email';
import { notificationsModuleEmailTemplate } from './module';

/**
 * Sends notifications as e-mail if `notifications.processors.email` is configured. Without that configuration, the
 * stock module stops the start of a portal.
 */
export const emailFeatureLoader = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    if (!config.has('notifications.processors.email')) return;
    yield notificationsModuleEmail;
    yield notificationsModuleEmailTemplate;
  },
});
