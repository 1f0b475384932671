/*
 * Installs the packed plugins into apps that are not ours, and makes a first key in each.
 *
 *   yarn test:stranger [names of templates] [any argument of `playwright test`]
 *
 * API_KEYS_STRANGERS=<folder> keeps the apps there, and takes those that it finds.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packAll } from '../../../scripts/packed/pack.mjs';
import { startRegistry } from '../../../scripts/packed/registry.mjs';
import { mustRun, runNode, say, seconds } from '../../../scripts/processes.mjs';
import { packageDir, root } from './paths.mjs';
import { endWithoutBrowser } from './prerequisites.mjs';
import { createPortal } from './stranger/createPortal.mjs';
import { forgetPackages } from './stranger/environment.mjs';
import { TEMPLATES } from './stranger/templates.mjs';

await endWithoutBrowser();

const start = Date.now();
// Outside of this clone, whose packages and settings tools would find.
const temporary = mkdtempSync(join(tmpdir(), 'api-keys-strangers-'));
// That takes minutes, for which nobody has to wait.
process.on('exit', () => {
  const remove = `fs.rmSync(process.argv[1], { recursive: true, force: true })`;
  spawn(process.execPath, ['-e', remove, temporary], {
    detached: true,
    stdio: 'ignore',
  });
});
const apps = process.env.API_KEYS_STRANGERS ?? join(temporary, 'apps');
mkdirSync(apps, { recursive: true });

const args = process.argv.slice(2);
const asked = TEMPLATES.filter(({ name }) => args.includes(name));
const templates = asked.length > 0 ? asked : TEMPLATES;

say('Building and packing every plugin');
if (!existsSync(join(root, 'dist-types'))) await mustRun('yarn', ['tsc']);
await mustRun('yarn', ['backstage-cli', 'repo', 'build']);
const packed = await packAll(temporary);
const registry = await startRegistry(packed);
forgetPackages(packed.map(({ name }) => name));
const made = await Promise.allSettled(
  templates
    .map(template => ({ template, folder: join(apps, template.name) }))
    .filter(({ folder }) => !existsSync(folder))
    .map(({ template, folder }) =>
      createPortal(template, folder, registry.url, packed),
    ),
);
await registry.stop();
for (const { reason } of made) if (reason) throw reason;

say('Making a first key in each of them');
const { resolve } = createRequire(import.meta.url);
process.exitCode = await runNode(
  [
    resolve('@playwright/test/cli'),
    'test',
    '--config=playwright.stranger.config.ts',
    ...args.filter(arg => !asked.some(({ name }) => name === arg)),
  ],
  {
    cwd: packageDir,
    env: {
      ...process.env,
      API_KEYS_STRANGERS: apps,
      API_KEYS_STRANGER_TEMPLATES: templates.map(t => t.name).join(),
    },
  },
);
console.log(`From the packages to first keys: ${seconds(start)}`);
