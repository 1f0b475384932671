import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackendFeature } from '@backstage/backend-plugin-api';
import appPlugin from '@backstage/plugin-app-backend';
import { JsonObject } from '@backstage/types';

/** Built app of a portal whose backend serves it. */
export type ServedApp = {
  features: BackendFeature[];
  /** `app` section of the configuration. */
  config: JsonObject;
  /** Adds a file next to `index.html`. */
  addFile(path: string, content: string): void;
  remove(): void;
};

/** Builds an app of one page, which Backstage's app plugin serves at every path that no other plugin handles. */
export function servedApp(): ServedApp {
  const folder = mkdtempSync(join(tmpdir(), 'api-keys-app-'));
  const addFile: ServedApp['addFile'] = (path, content) => {
    const file = join(folder, 'dist', path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
  };
  writeFileSync(join(folder, 'package.json'), '{"name":"served-app"}');
  addFile('index.html', '<!doctype html><title>Portal</title>');
  addFile('static/main.js', 'void 0;');
  return {
    features: [appPlugin],
    config: {
      baseUrl: 'http://localhost:3000',
      packageName: folder,
      disableConfigInjection: true,
      disableStaticFallbackCache: true,
    },
    addFile,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
