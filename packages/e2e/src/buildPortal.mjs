/*
 * Builds the demo portal as it is deployed, and lays it out in .portal/: the packed backend with the built app, and a
 * node_modules in which this repository's packages are the packed ones. A file missing from a package's `files` is
 * therefore missing here too.
 */
import {
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run, runNode } from '../../../scripts/processes.mjs';
import { packageDir, portalDir, root } from './paths.mjs';

const BACKEND = join(root, 'packages/backend');
const WORKSPACE_FOLDERS = ['packages', 'plugins'];

function backstageCli() {
  const { resolve } = createRequire(join(packageDir, 'package.json'));
  return join(resolve('@backstage/cli/package.json'), '../bin/backstage-cli');
}

/** Folders of the packed packages, by name. */
function packedPackages() {
  const folders = WORKSPACE_FOLDERS.flatMap(parent => {
    const path = join(portalDir, parent);
    const names = existsSync(path) ? readdirSync(path) : [];
    return names.map(name => join(parent, name));
  });
  return new Map(
    folders.map(folder => {
      const file = join(portalDir, folder, 'package.json');
      return [JSON.parse(readFileSync(file, 'utf8')).name, folder];
    }),
  );
}

/** Lists the packages installed in a folder, scoped ones as `@scope/name`. */
function installedIn(nodeModules) {
  if (!existsSync(nodeModules)) return [];
  return readdirSync(nodeModules)
    .filter(name => !name.startsWith('.'))
    .flatMap(name =>
      name.startsWith('@')
        ? readdirSync(join(nodeModules, name)).map(each => `${name}/${each}`)
        : [name],
    );
}

function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** Links everything that is installed in `folder` of the repository, except packages of its own. */
function linkInstalled(folder, own) {
  const from = join(root, folder, 'node_modules');
  for (const name of installedIn(from)) {
    if (own.has(name)) continue;
    link(join(from, name), join(portalDir, folder, 'node_modules', name));
  }
}

/** Yarn links the packages of this repository to their folders. */
function isOwn(name) {
  const source = realpathSync(join(root, 'node_modules', name));
  return WORKSPACE_FOLDERS.some(parent =>
    source.startsWith(join(root, parent)),
  );
}

function layOutNodeModules() {
  const packed = packedPackages();
  const own = new Set(installedIn(join(root, 'node_modules')).filter(isOwn));
  linkInstalled('.', own);
  for (const [name, folder] of packed) {
    linkInstalled(folder, own);
    link(join(portalDir, folder), join(portalDir, 'node_modules', name));
  }
}

/** Runs a command and prints its output only if it fails. */
async function runLogged(what, logFile, start) {
  const log = openSync(logFile, 'a');
  const exitCode = await start({ stdio: ['ignore', log, log] });
  if (exitCode === 0) return;
  console.error(readFileSync(logFile, 'utf8'));
  throw new Error(`${what} failed (exit code ${exitCode}), see above`);
}

export async function buildPortal() {
  rmSync(portalDir, { recursive: true, force: true });
  mkdirSync(portalDir);
  const log = join(portalDir, 'build.log');
  await runLogged('Building the portal', log, options =>
    runNode([backstageCli(), 'package', 'build'], { cwd: BACKEND, ...options }),
  );
  for (const archive of ['skeleton.tar.gz', 'bundle.tar.gz']) {
    const file = join(BACKEND, 'dist', archive);
    await runLogged('Unpacking the portal', log, options =>
      run('tar', ['-xzf', file, '-C', portalDir], options),
    );
  }
  layOutNodeModules();
  // app-config.yaml names the demo's entities by a path relative to the backend.
  link(join(BACKEND, 'catalog'), join(portalDir, 'packages/backend/catalog'));
}
