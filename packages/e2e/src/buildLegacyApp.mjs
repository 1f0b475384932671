/*
 * Bundles the app on the old frontend system (plugins/api-keys/dev/legacyApp.tsx) into one script. Its backend is that of the
 * portal under test.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './paths.mjs';

// Backstage's CLI has it.
const { build } = createRequire(
  createRequire(import.meta.url).resolve('@backstage/cli/package.json'),
)('esbuild');

/** @returns {Promise<string>} the script */
export async function buildLegacyApp() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'plugins/api-keys/dev/legacyApp.tsx')],
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
  return outputFiles.find(({ path }) => path.endsWith('.js')).text;
}
