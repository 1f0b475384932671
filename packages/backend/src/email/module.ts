import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { notificationsEmailTemplateExtensionPoint } from '@backstage/plugin-notifications-backend-module-email';
import { NotificationEmail } from './NotificationEmail';

/** Layout of the notification e-mails of all plugins. */
export const notificationsModuleEmailTemplate = createBackendModule({
  pluginId: 'notifications',
  moduleId: 'email-template',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        templates: notificationsEmailTemplateExtensionPoint,
      },
      async init({ config, templates }) {
        const portal = {
          title: config.getOptionalString('app.title') ?? 'Backstage',
          baseUrl: config.getString('app.baseUrl'),
        };
        templates.setTemplateRenderer({
          async getSubject({ payload }) {
            return new NotificationEmail(payload, portal).subject;
          },
          async getText({ payload }) {
            return new NotificationEmail(payload, portal).toText();
          },
          async getHtml({ payload }) {
            return new NotificationEmail(payload, portal).toHtml();
          },
        });
      },
    });
  },
});
