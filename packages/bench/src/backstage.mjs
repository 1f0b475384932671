/* The demo portal's Backstage, and what this repository makes, from its sources: nothing has to be built. */
import { createRequire } from 'node:module';

/** Loads what packages/backend depends on. */
export const load = createRequire(
  new URL('../../backend/package.json', import.meta.url),
);

load('@backstage/cli/config/nodeTransform.cjs');
