import { createApp } from '@backstage/frontend-defaults';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import authPlugin from '@backstage/plugin-auth';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import apiKeysPlugin from 'backstage-plugin-api-keys';
import { portalNav } from './nav';
import { demoSignInPage } from './signIn';

export default createApp({
  features: [
    catalogPlugin,
    orgPlugin,
    authPlugin,
    userSettingsPlugin,
    notificationsPlugin,
    signalsPlugin,
    apiKeysPlugin,
    // What the portal looks like around the plugins.
    createFrontendModule({
      pluginId: 'app',
      extensions: [demoSignInPage, portalNav],
    }),
  ],
});
