import { Page, Route } from '@playwright/test';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { createDatabases, type PortalDatabases } from '../src/databases';
import { buildApp } from '../src/dynamic/buildApp.mjs';
import {
  dynamicPluginsDir,
  exportPlugins,
} from '../src/dynamic/exportPlugins.mjs';
import { packageDir, portalDir, root } from '../src/paths.mjs';
import { Portal } from '../src/Portal';
import { ApiKeysPage } from './ApiKeysPage';
import { createKey, tokenOf } from './api';
import { curl, runInShell } from './curl';
import { expect, test } from './fixtures';
import { ONCE_TAG } from './looks';

const EXPORT_TIMEOUT_MS = 600_000;
const HTML =
  '<!doctype html><html lang="en"><title>Portal</title>' +
  '<link rel="stylesheet" href="/app.css"><body><div id="root"></div>' +
  '<script src="/app.js"></script>';

type AppName = 'newApp' | 'oldApp';
type Plugin = { package: string; pluginConfig?: Record<string, any> };

/** Red Hat's plugin installer merges the configuration of all plugins into that of the portal. */
const configOf = (plugins: Plugin[]): Record<string, any> =>
  Object.assign({}, ...plugins.map(({ pluginConfig }) => pluginConfig));

/** Blocks of docs/rhdh.md: the environment, and dynamic-plugins.yaml for the old and for the new frontend system. */
async function readPage() {
  const page = await readFile(join(root, 'docs/rhdh.md'), 'utf8');
  const blocks = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) =>
    parseAllDocuments(text)[0].toJS(),
  );
  const [environment, oldSystem, newSystem] = blocks as [
    { name: string; value: string }[],
    { plugins: Plugin[] },
    { plugins: Plugin[] },
  ];
  return {
    env: Object.fromEntries(environment.map(each => [each.name, each.value])),
    oldConfig: configOf(oldSystem.plugins),
    newConfig: configOf(newSystem.plugins),
  };
}

let documented: Awaited<ReturnType<typeof readPage>>;
let databases: PortalDatabases;
let portal: Portal;
let apps: Record<AppName, Awaited<ReturnType<typeof buildApp>>>;

test.describe.configure({ mode: 'serial' });

test.describe('exported as the documentation says', { tag: ONCE_TAG }, () => {
  test.beforeAll(async () => {
    test.setTimeout(EXPORT_TIMEOUT_MS);
    documented = await readPage();
    await exportPlugins();
    await copyFile(
      join(packageDir, 'tests/dynamic/backend.cjs'),
      join(portalDir, 'packages/backend/dynamic.cjs'),
    );
    databases = await createDatabases({ client: 'better-sqlite3' });
    portal = await startPortal(documented.env, databases);
    apps = {
      newApp: await buildApp('newApp'),
      oldApp: await buildApp('oldApp'),
    };
  });

  test.afterAll(async () => {
    await portal?.remove();
    await databases?.remove();
  });

  test('a key of a dynamic plugin works, and a restricted one for its plugin alone', async () => {
    const { secret } = await createKey(portal, await tokenOf(portal, 'ada'), {
      name: 'Everything',
    });
    const { catalog, notifications, inHeader } = await useKey(secret);
    expect([catalog, notifications, inHeader]).toEqual([200, 200, 200]);

    const restricted = await createRestrictedKey();
    expect(await useKey(restricted)).toEqual({
      catalog: 200,
      locations: 403,
      notifications: 403,
      inHeader: 200,
    });
    expect(await portal.log()).not.toContain('Plugins see API keys');
  });

  test('the start fails with the names of the services that plugins may not override', async () => {
    const others = await createDatabases({ client: 'better-sqlite3' });
    try {
      await expect(startPortal({}, others)).rejects.toThrow(
        /this backend has a factory of its own for core\.permissions/,
      );
    } finally {
      await others.remove();
    }
  });

  test('the page opens in an app on the new frontend system', async ({
    page,
  }) => {
    await openApp(page, 'newApp', documented.newConfig, '/api-keys');
    await makeFirstKey(page, 'Federated');
    await page.goto(`${portal.url}/api-keys-admin?user=grace`);
    await expect(
      page.getByRole('row').filter({ hasText: 'Everything' }),
    ).toBeVisible();
  });

  test('the page opens in an app on the old frontend system that wires it by configuration', async ({
    page,
  }) => {
    await openApp(page, 'oldApp', documented.oldConfig, '/api-keys');
    await makeFirstKey(page, 'Wired');
    await page.goto(`${portal.url}/catalog/default/user/ada`);
    await expect(page.getByRole('link', { name: 'Wired' })).toBeVisible();
    await page.goto(`${portal.url}/api-keys-admin?user=grace`);
    await expect(
      page.getByRole('row').filter({ hasText: 'Everything' }),
    ).toBeVisible();
  });

  test('speaks the languages of a portal on the old frontend system', async ({
    page,
  }) => {
    await page.addInitScript(() => localStorage.setItem('language', 'de'));
    await openApp(page, 'oldApp', documented.oldConfig, '/api-keys');
    await expect(
      page.getByRole('button', { name: 'Schlüssel erstellen' }),
    ).toBeVisible();
  });
});

/** Starts a portal with the exported plugins; its environment decides which services they may override. */
async function startPortal(
  env: Record<string, string>,
  { config }: PortalDatabases,
): Promise<Portal> {
  const { auth } = documented.oldConfig;
  const dynamicPlugins = { rootDirectory: dynamicPluginsDir };
  const made = await Portal.create(
    { config },
    { auth, dynamicPlugins },
    { entry: 'dynamic.cjs', env },
  );
  await made.start();
  return made;
}

async function createRestrictedKey(): Promise<string> {
  const { secret } = await createKey(portal, await tokenOf(portal, 'grace'), {
    name: 'Reads entities',
    accessRestrictions: [
      { plugin: 'catalog', permission: ['catalog.entity.read'] },
    ],
  });
  return secret;
}

/** Returns the status of a request to each of several routes. */
async function useKey(secret: string) {
  const { url } = portal;
  const answers = await Promise.all([
    curl(`${url}/api/catalog/entities?limit=1`, secret),
    curl(`${url}/api/catalog/locations`, secret),
    curl(`${url}/api/notifications/notifications`, secret),
    runInShell(
      `curl -H "x-api-key: ${secret}" "${url}/api/catalog/entities?limit=1"`,
    ),
  ]);
  const [catalog, locations, notifications, inHeader] = answers.map(
    ({ status }) => status,
  );
  return { catalog, locations, notifications, inHeader };
}

/** Serves another app at the portal's address. */
async function openApp(
  page: Page,
  name: AppName,
  pluginConfig: Record<string, any>,
  path: string,
) {
  const { script, styles } = apps[name];
  const { url } = portal;
  const config = {
    ...pluginConfig,
    app: { title: 'Portal', baseUrl: url },
    backend: { baseUrl: url },
    permission: { enabled: true },
    i18n: { locales: ['en', 'de'] },
  };
  await page.addInitScript(
    data => Object.assign(window, { __APP_CONFIG__: data }),
    config,
  );
  const answers = new Map([
    ['/app.js', { contentType: 'text/javascript', body: script }],
    ['/app.css', { contentType: 'text/css', body: styles }],
  ]);
  await page.route(
    ({ origin, pathname }) =>
      origin === url && !/^\/(api|\.backstage)\//.test(pathname),
    (route: Route) =>
      route.fulfill(
        answers.get(new URL(route.request().url()).pathname) ?? {
          contentType: 'text/html',
          body: HTML,
        },
      ),
  );
  await page.goto(`${url}${path}`);
}

/** Creates a key on the page, uses it and checks that the page shows the use. */
async function makeFirstKey(page: Page, name: string): Promise<void> {
  const keys = new ApiKeysPage(page);
  await keys.openFromSidebar();
  const secret = await keys.createKey(name);
  const { catalog } = await useKey(secret);
  expect(catalog).toBe(200);
  await expect(keys.lastUsed(name)).toContainText(/just now|seconds? ago/, {
    timeout: 15_000,
  });
  await page.screenshot({
    path: join(packageDir, `screenshots/dynamic-plugins-${name}.png`),
  });
}
