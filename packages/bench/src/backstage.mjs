/* Loads the demo portal's Backstage, and this repository's packages from source, so that no build is needed. */
import { createRequire } from 'node:module';

/** Loads a dependency of packages/backend. */
export const load = createRequire(
  new URL('../../backend/package.json', import.meta.url),
);

load('@backstage/cli/config/nodeTransform.cjs');
