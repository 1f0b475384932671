/*
 * Bundles the app on the old frontend system (plugins/api-keys/dev/legacyApp.tsx) into one script. It uses the
 * backend of the portal under test.
 */
import { join } from 'node:path';
import { bundleApp } from './bundleApp.mjs';
import { root } from './paths.mjs';

/** @returns {Promise<{script: string, styles: string}>} content of its page */
export function buildLegacyApp() {
  return bundleApp({
    entryPoints: [join(root, 'plugins/api-keys/dev/legacyApp.tsx')],
  });
}
