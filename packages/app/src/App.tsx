import { createApp } from '@backstage/frontend-defaults';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import authPlugin from '@backstage/plugin-auth';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import apiKeysPlugin, { apiKeysTranslations } from 'backstage-plugin-api-keys';
import { portalNav } from './nav';
import { demoSignInPage } from './signIn';

/** German, in addition to English. app-config.yaml lists the languages that users can choose. */
const apiKeysLanguages = TranslationBlueprint.make({
  name: 'api-keys',
  params: { resource: apiKeysTranslations },
});

export default createApp({
  features: [
    catalogPlugin,
    orgPlugin,
    authPlugin,
    userSettingsPlugin,
    notificationsPlugin,
    signalsPlugin,
    apiKeysPlugin,
    // Appearance of the portal around the plugins.
    createFrontendModule({
      pluginId: 'app',
      extensions: [demoSignInPage, portalNav, apiKeysLanguages],
    }),
  ],
});
