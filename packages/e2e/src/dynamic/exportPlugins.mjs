/*
 * Exports the plugins by the commands in docs/rhdh.md and moves the results into one folder, as the installer of a
 * portal with dynamic plugins does.
 */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { registryUrl } from '../../../../scripts/npm.mjs';
import { mustRun, say, seconds } from '../../../../scripts/processes.mjs';
import { portalDir, root } from '../paths.mjs';
import { appEnvironment } from '../freshApps/environment.mjs';

/** Inside of the built portal: a dynamic plugin resolves Backstage's packages only from the backend's folder. */
export const dynamicPluginsDir = join(portalDir, 'dynamic-plugins');

const FOLDERS = ['plugins/api-keys-backend', 'plugins/api-keys'];

/** Commands of the page, each with the folder in which it runs. */
function exportCommands() {
  const page = readFileSync(join(root, 'docs/rhdh.md'), 'utf8');
  const commands = page.match(/^\(cd \S+ && npx .*\)$/gm) ?? [];
  return FOLDERS.map(folder => {
    const command = commands.find(each => each.startsWith(`(cd ${folder} `));
    if (!command) throw new Error(`docs/rhdh.md does not export ${folder}`);
    return { folder, command };
  });
}

/** Takes minutes. With API_KEYS_E2E_KEEP_BUILD=1, the plugins of the last export are used. */
export async function exportPlugins() {
  if (process.env.API_KEYS_E2E_KEEP_BUILD && existsSync(dynamicPluginsDir)) {
    return;
  }
  const start = Date.now();
  say('Exporting dynamic plugins');
  if (!existsSync(join(root, 'dist-types'))) await mustRun('yarn', ['tsc']);
  const env = {
    ...appEnvironment(registryUrl()),
    npm_config_registry: registryUrl(),
    npm_config_yes: 'true',
  };
  rmSync(dynamicPluginsDir, { recursive: true, force: true });
  mkdirSync(dynamicPluginsDir);
  const run = command =>
    mustRun('sh', ['-euc', command], { cwd: root, env, stdio: 'ignore' });
  const commands = exportCommands();
  // Fetches the command before it runs twice in parallel: concurrent runs of npx would each fetch it.
  await run(`${commands[0].command.match(/npx \S+/)[0]} --version`);
  say(`Fetched the command (${seconds(start)})`);
  const exports = commands.map(async ({ folder, command }) => {
    await run(command);
    const exported = join(root, folder, 'dist-dynamic');
    renameSync(exported, join(dynamicPluginsDir, basename(folder)));
    say(`Exported ${folder} (${seconds(start)})`);
  });
  await Promise.all(exports);
}
