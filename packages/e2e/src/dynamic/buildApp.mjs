/*
 * Bundles an app without our packages, and with the modules that it shares with dynamic plugins. It shares them as
 * apps built by Backstage's CLI do.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundleApp, requireOfApp } from '../bundleApp.mjs';
import { packageDir } from '../paths.mjs';

const { BACKSTAGE_RUNTIME_SHARED_DEPENDENCIES_GLOBAL: SHARED } = createRequire(
  join(packageDir, 'package.json'),
)('@backstage/module-federation-common');

/** Modules of this app that Red Hat's CLI leaves out of an exported plugin; Backstage's CLI leaves out no others. */
const SHARED_MODULES = [
  'react',
  'react-dom',
  'react-router',
  'react-router-dom',
  '@backstage/core-app-api',
  '@backstage/core-plugin-api',
  '@backstage/frontend-plugin-api',
  '@backstage/version-bridge',
  '@material-ui/core/styles',
  '@material-ui/styles',
];

function versionOf(module) {
  const [first, second] = module.split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  return requireOfApp(`${name}/package.json`).version;
}

const itemOf = module => `{
  name: '${module}',
  version: '${versionOf(module)}',
  lib: () => import('${module}'),
  shareConfig: { singleton: true, requiredVersion: '*', eager: true },
}`;

/**
 * @param {'newApp' | 'oldApp'} name
 * @returns {Promise<{script: string, styles: string}>} content of its page
 */
export function buildApp(name) {
  return bundleApp({
    stdin: {
      contents: `window['${SHARED}'] = {
        version: 'v1', items: [${SHARED_MODULES.map(itemOf)}] };
        import('./apps/${name}');`,
      resolveDir: join(packageDir, 'tests/dynamic'),
    },
  });
}
