/* A built app as the Dockerfile of a new app lays it out in an image. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const BUNDLE = 'packages/backend/dist/bundle.tar.gz';
const COPIED = ['app-config.yaml', 'app-config.production.yaml', 'examples'];
/** Where packages are installed, from the root of the app. */
const INSTALLED = ['node_modules', 'packages/backend/node_modules'];

/** Where the app that is built in a folder is laid out. */
export const productionFolder = folder => join(folder, 'production');

/** Unpacks the bundle of the backend and puts beside it what it needs; what is installed is that of the app, not installed anew. */
export function layOutProduction(folder) {
  const target = productionFolder(folder);
  mkdirSync(target);
  const { status, stderr } = spawnSync(
    'tar',
    ['-xzf', join(folder, BUNDLE), '-C', target],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`tar failed (${status}): ${stderr}`);
  for (const name of COPIED) {
    cpSync(join(folder, name), join(target, name), { recursive: true });
  }
  for (const name of INSTALLED.filter(each => existsSync(join(folder, each)))) {
    symlinkSync(join(folder, name), join(target, name));
  }
}
