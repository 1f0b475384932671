/* Lays a built app out as the Dockerfile of a new app does in an image. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const BUNDLE = 'packages/backend/dist/bundle.tar.gz';
const COPIED = ['app-config.yaml', 'app-config.production.yaml', 'examples'];
/** Folders of installed packages, from the root of the app. */
const INSTALLED = ['node_modules', 'packages/backend/node_modules'];

/** Folder for the laid-out app of a build folder. */
export const productionFolder = folder => join(folder, 'production');

/**
 * Unpacks the backend's bundle and links the app's installed packages next to it, instead of installing them again.
 */
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
