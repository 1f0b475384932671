import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** packages/e2e */
export const packageDir = fileURLToPath(new URL('..', import.meta.url));
/** Root of the repository. */
export const root = join(packageDir, '../..');
/** Downloads of the bootstrap and the tests, for this clone alone. */
export const toolchain = join(root, '.toolchain');
/** The built portal, unpacked. */
export const portalDir = join(packageDir, '.portal');
