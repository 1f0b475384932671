import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** Package of Backstage that this project relies on most. Each release of Backstage has a new version of it. */
const PACKAGE = '@backstage/backend-defaults';

/**
 * Returns the version of `@backstage/backend-defaults` that this backend runs with: the one that its entry point resolves,
 * which is the host's where plugins are loaded dynamically, or else the one next to the other packages of Backstage.
 *
 * @returns undefined if neither is found, as in a bundle
 */
export function findBackendDefaultsVersion(): string | undefined {
  const [, entryPoint] = process.argv;
  return (
    readVersion(() =>
      // The entry point may be a folder. The file need not exist: only its path matters for resolving.
      createRequire(join(entryPoint, 'any.js')).resolve(
        `${PACKAGE}/package.json`,
      ),
    ) ?? readVersion(() => resolvePackagePath(PACKAGE, 'package.json'))
  );
}

function readVersion(findManifest: () => string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(findManifest(), 'utf8'));
    return typeof version === 'string' ? version : undefined;
  } catch {
    // The check of the version must not stop a start by itself.
    return undefined;
  }
}
