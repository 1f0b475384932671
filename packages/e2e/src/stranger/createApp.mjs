/* Makes an app as `@backstage/create-app` leaves it. */
import { dirname } from 'node:path';
import { registryUrl } from '../../../../scripts/npm.mjs';
import { mustRun } from '../../../../scripts/processes.mjs';

/**
 * Makes the app and installs nothing.
 *
 * @param {{version: string, frontend: 'new' | 'legacy', folder: string}} app `version` is that of `@backstage/create-app`; `folder` must not exist
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
      // npx asks the registry that has everything but our packages.
      npm_config_registry: registryUrl(),
      // It would ask for a name.
      BACKSTAGE_APP_NAME: 'portal',
    },
  });
}
