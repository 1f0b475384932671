/* How commands run in an app that is not of this repository, and has a Yarn of its own. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { certificatesFile } from '../../../../scripts/npm.mjs';

/** Where Yarn keeps what it has fetched, for this repository and for the apps. */
const globalFolder =
  process.env.YARN_GLOBAL_FOLDER ?? join(homedir(), '.yarn/berry');
/** What Yarn was told of packages, app by app: it keeps that by the host of a registry, and the registries of the apps differ. */
const appFolders = join(globalFolder, 'strangers');

const unlessMissing = (name, value) => (value ? { [name]: value } : {});

const yarnFolders = app => ({
  YARN_GLOBAL_FOLDER: join(appFolders, app),
  YARN_CACHE_FOLDER: join(globalFolder, 'cache'),
  YARN_ENABLE_GLOBAL_CACHE: 'false',
  YARN_ENABLE_MIRROR: 'false',
});

/**
 * @param {string} [registry] where packages come from, for whoever installs some
 * @param {string} [app] the name of the app that is installed
 * @returns {NodeJS.ProcessEnv}
 */
export function appEnvironment(registry, app) {
  // What the Yarn script that runs this was told is this repository's.
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
    // Native modules are compiled for this very Node; its headers need not be fetched.
    ...unlessMissing('npm_config_nodedir', hasHeaders && node),
    // For a test that is over in a minute: without optimizing it, SQLite compiles in a third of the time.
    CFLAGS: '-O0',
    CXXFLAGS: '-O0',
  };
}

/**
 * Makes Yarn ask again what it keeps by name and version: until they are released, our packages are
 * the same at every build. What it was told of others names the port of the registry of the last run.
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
