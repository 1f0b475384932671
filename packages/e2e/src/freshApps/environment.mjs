/* Environment for commands in an app outside of this repository, which has a Yarn of its own. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { certificatesFile } from '../../../../scripts/npm.mjs';

/** Yarn's cache, for this repository and for the apps. */
const globalFolder =
  process.env.YARN_GLOBAL_FOLDER ?? join(homedir(), '.yarn/berry');
/**
 * Yarn's metadata of packages, one folder for each app: it is stored by the host of a registry, and the registries of
 * the apps differ.
 */
const appFolders = join(globalFolder, 'fresh-apps');

const unlessMissing = (name, value) => (value ? { [name]: value } : {});

const yarnFolders = app => ({
  YARN_GLOBAL_FOLDER: join(appFolders, app),
  YARN_CACHE_FOLDER: join(globalFolder, 'cache'),
  YARN_ENABLE_GLOBAL_CACHE: 'false',
  YARN_ENABLE_MIRROR: 'false',
});

/**
 * @param {string} [registry] where packages come from, for commands that install some
 * @param {string} [app] name of the app to install
 * @returns {NodeJS.ProcessEnv}
 */
export function appEnvironment(registry, app) {
  // The settings of the Yarn that runs this script apply to this repository only.
  const own = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|YARN_|BERRY_|INIT_CWD|PROJECT_CWD|NODE_ENV|CI$)/i.test(name),
  );
  const cafile = certificatesFile();
  const node = join(dirname(process.execPath), '..');
  const hasHeaders = existsSync(join(node, 'include/node'));
  return {
    ...Object.fromEntries(own),
    ...(registry && {
      YARN_NPM_REGISTRY_SERVER: registry,
      YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
      npm_config_registry: registry,
    }),
    YARN_ENABLE_TELEMETRY: 'false',
    ...unlessMissing('YARN_HTTPS_CA_FILE_PATH', cafile),
    ...unlessMissing('NODE_EXTRA_CA_CERTS', cafile),
    YARN_GLOBAL_FOLDER: globalFolder,
    ...(app && yarnFolders(app)),
    // Native modules are compiled for this Node; its headers need not be fetched.
    ...unlessMissing('npm_config_nodedir', hasHeaders && node),
    // Without optimization, SQLite compiles in a third of the time; the test runs for a minute.
    CFLAGS: '-O0',
    CXXFLAGS: '-O0',
  };
}

/**
 * Clears what Yarn caches by name and version: our packages keep their version from build to build until they are
 * released. Cached metadata of other packages names the port of the last run's registry.
 */
export function forgetPackages(names) {
  rmSync(appFolders, { recursive: true, force: true });
  const cache = join(globalFolder, 'cache');
  for (const file of existsSync(cache) ? readdirSync(cache) : []) {
    if (names.some(name => file.startsWith(`${name}-npm-`))) {
      rmSync(join(cache, file));
    }
  }
}
