import { join } from 'node:path';
import { CONNECTION_STRING_VARIABLE } from '../../../scripts/postgres.mjs';
import { seconds } from '../../../scripts/processes.mjs';
import {
  createDatabases,
  type DatabaseServer,
  type PortalDatabases,
} from '../src/databases';
import { FreshApp, type StartMode } from '../src/freshApps/FreshApp';
import { expect, test } from '../tests/browser';
import { adminPage } from './stories/adminPage';
import { firstKey } from './stories/firstKey';
import { restrictedKey } from './stories/restrictedKey';
import { photographer, type Story } from './stories/Story';
import { webSocket } from './stories/webSocket';

/** Apps that src/freshApps/testTemplates.mjs has created. */
type App = { name: string; development: boolean };

const folder = process.env.API_KEYS_FRESH_APPS ?? '';
const apps: App[] = JSON.parse(process.env.API_KEYS_FRESH_APP_LIST ?? '[]');
const connectionString = process.env[CONNECTION_STRING_VARIABLE];

const DATABASES = { pg: 'PostgreSQL', 'better-sqlite3': 'SQLite' };

/** Modes as the table of tested releases names them. */
const STORIES: Record<string, Story> = {
  'first key': firstKey,
  'admin page': adminPage,
  'restricted key': restrictedKey,
  websocket: webSocket,
};

for (const { name, development } of apps) {
  if (connectionString) {
    const server: DatabaseServer = { client: 'pg', connectionString };
    describeStories({ name, server, mode: 'production', stories: STORIES });
  }
  if (development) {
    const server: DatabaseServer = { client: 'better-sqlite3' };
    const stories = { 'first key': firstKey };
    describeStories({ name, server, mode: 'development', stories });
  }
}

function describeStories(options: {
  name: string;
  server: DatabaseServer;
  mode: StartMode;
  stories: Record<string, Story>;
}) {
  const { name, server, mode, stories } = options;

  const database = DATABASES[server.client];

  test.describe(`${name}, for ${mode} on ${database}`, () => {
    const running: { databases?: PortalDatabases; portal?: FreshApp } = {};

    test.beforeAll(async () => {
      const start = Date.now();
      const databases = await createDatabases(server);
      running.databases = databases;
      const app = join(folder, name);
      const portal = await FreshApp.create(app, mode, databases);
      running.portal = portal;
      await portal.start();
      console.log(`${name}: started for ${mode} in ${seconds(start)}`);
      expect(await portal.log()).toContain('API keys are on');
    });

    test.afterAll(async () => {
      await running.portal?.stop();
      await running.databases?.remove();
    });

    for (const [title, story] of Object.entries(stories)) {
      test(title, async ({ page }) => {
        const look = photographer(page, `${name}-${mode}`);
        await story({ page, portal: running.portal!, look });
      });
    }
  });
}
