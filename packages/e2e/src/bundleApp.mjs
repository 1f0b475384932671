/* Bundles an app without Backstage's CLI. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Resolves Backstage's own packages, which are installed for the app. */
export const requireOfApp = createRequire(
  join(root, 'packages/app/package.json'),
);
const { build } = requireOfApp('esbuild');

/**
 * @param {{entryPoints: string[]} | {stdin: {contents: string, resolveDir: string}}} entry for esbuild
 * @returns {Promise<{script: string, styles: string}>} content of its page
 */
export async function bundleApp(entry) {
  const { outputFiles } = await build({
    ...entry,
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
    // As in the entry point of every app.
    styles: readFileSync(styles, 'utf8'),
  };
}
