import { npm } from './npm.mjs';
import { yarn } from './yarn.mjs';

/** Package managers that install, build and inspect an app, by name. */
export const PACKAGE_MANAGERS = { npm, yarn };
