/*
 * Bundles an app that has none of our packages in itself, with the modules that it shares with dynamic plugins. They are handed over as
 * Backstage's CLI does it for apps that it builds.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageDir, root } from '../paths.mjs';

const requireOfApp = createRequire(join(root, 'packages/app/package.json'));
const { build } = requireOfApp('esbuild');
const { BACKSTAGE_RUNTIME_SHARED_DEPENDENCIES_GLOBAL: SHARED } = createRequire(
  join(packageDir, 'package.json'),
)('@backstage/module-federation-common');

/** What Red Hat's CLI expects of the app, of what this one has. Backstage's own expects no more. */
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
 * @returns {Promise<{script: string, styles: string}>} what its page loads
 */
export async function buildApp(name) {
  const { outputFiles } = await build({
    stdin: {
      contents: `window['${SHARED}'] = {
        version: 'v1', items: [${SHARED_MODULES.map(itemOf)}] };
        import('./apps/${name}');`,
      resolveDir: join(packageDir, 'tests/dynamic'),
    },
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    jsx: 'automatic',
    minify: true,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    banner: { js: 'var process = { env: {} };' },
    loader: {
      '.svg': 'dataurl',
      '.png': 'dataurl',
      '.woff': 'dataurl',
      '.woff2': 'dataurl',
      '.ttf': 'dataurl',
      '.eot': 'dataurl',
    },
  });
  const styles = requireOfApp.resolve('@backstage/ui/css/styles.css');
  return {
    script: outputFiles.find(({ path }) => path.endsWith('.js')).text,
    styles: readFileSync(styles, 'utf8'),
  };
}
