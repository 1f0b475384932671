/* Creates an app with `@backstage/create-app`. */
import { dirname } from 'node:path';
import { registryUrl } from '../../../../scripts/npm.mjs';
import { mustRun } from '../../../../scripts/processes.mjs';

/**
 * Creates the app without installing dependencies.
 *
 * @param {{version: string, frontend: 'new' | 'legacy', folder: string}} app `version` is that of
 *   `@backstage/create-app`; `folder` must not exist
 * @param {object} options of the process
 */
export function createApp({ version, frontend, folder }, options) {
  const args = ['--yes', `@backstage/create-app@${version}`, '--skip-install'];
  const flags = frontend === 'legacy' ? ['--legacy'] : [];
  return mustRun('npx', [...args, ...flags, '--path', folder], {
    ...options,
    cwd: dirname(folder),
    env: {
      ...options.env,
      // Makes npx use the registry that has everything but our packages.
      npm_config_registry: registryUrl(),
      // Answers create-app's prompt for a name.
      BACKSTAGE_APP_NAME: 'portal',
    },
  });
}
