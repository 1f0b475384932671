/* Packs plugins with Yarn, as `yarn npm publish` would, and leaves the clone unchanged. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { root, run } from '../processes.mjs';

// Two at a time: `prepack` mostly loads Backstage's CLI, which takes a gigabyte of memory and seconds of one core
// each.
const AT_A_TIME = 2;

/**
 * @typedef {object} Packed
 * @property {string} name of the package
 * @property {string} source the folder of the package in this clone
 * @property {string} folder the content of the tarball, where an installation would have it
 * @property {string} tarball
 * @property {string[]} files paths in the tarball, with slashes, sorted
 * @property {object} manifest package.json as published
 * @property {number} packedBytes
 * @property {number} unpackedBytes
 */

const readJson = file => JSON.parse(readFileSync(file, 'utf8'));

/** Restores package.json when a run ends between `prepack`, which rewrites it, and `postpack`, which restores it. */
function keepManifest(source) {
  const file = join(source, 'package.json');
  const before = readFileSync(file, 'utf8');
  const restore = () => {
    process.off('exit', restore);
    if (readFileSync(file, 'utf8') !== before) writeFileSync(file, before);
    for (const leftover of ['package.json-prepack', 'config.schema.json']) {
      rmSync(join(source, leftover), { force: true });
    }
  };
  process.on('exit', restore);
  return restore;
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .map(file => file.replaceAll('\\', '/'))
    .sort();
}

function unpack(tarball, folder) {
  mkdirSync(folder, { recursive: true });
  const args = ['-xzf', tarball, '-C', folder, '--strip-components=1'];
  const { error, status, stderr } = spawnSync('tar', args, {
    encoding: 'utf8',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`tar failed (${status}): ${stderr}`);
}

async function pack(source, target) {
  const { name } = readJson(join(source, 'package.json'));
  if (!existsSync(join(source, 'dist'))) {
    throw new Error(`${name} is not built: run \`yarn build:all\` first`);
  }
  const tarball = join(target, `${name}.tgz`);
  const restore = keepManifest(source);
  const exitCode = await run('yarn', ['pack', '--out', tarball], {
    cwd: source,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  restore();
  if (exitCode !== 0) throw new Error(`${name} cannot be packed (${exitCode})`);

  const folder = join(target, 'node_modules', name);
  unpack(tarball, folder);
  const files = listFiles(folder);
  return {
    name,
    source,
    folder,
    tarball,
    files,
    manifest: readJson(join(folder, 'package.json')),
    packedBytes: statSync(tarball).size,
    unpackedBytes: files
      .map(file => statSync(join(folder, file)).size)
      .reduce((sum, size) => sum + size, 0),
  };
}

/**
 * @param {string} target an empty folder
 * @returns {Promise<Packed[]>} in the order of their names
 */
export async function packAll(target) {
  const plugins = join(root, 'plugins');
  const waiting = readdirSync(plugins)
    .filter(name => existsSync(join(plugins, name, 'package.json')))
    .sort();
  const packed = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      packed.push(await pack(join(plugins, next), target));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return packed.sort((a, b) => a.name.localeCompare(b.name));
}
