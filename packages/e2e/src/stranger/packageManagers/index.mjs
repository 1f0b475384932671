import { npm } from './npm.mjs';
import { yarn } from './yarn.mjs';

/** What an app is installed, built and looked into with, by name. */
export const PACKAGE_MANAGERS = { npm, yarn };
