/* The releases of Backstage that apps are made of, as recordVersions.mjs has recorded them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { packageDir } from '../paths.mjs';

/**
 * @typedef {object} Release
 * @property {string} release of Backstage, for example `1.57.0`
 * @property {string} recorded the day on which the registry had these versions
 * @property {string} createApp the version of `@backstage/create-app` that makes an app of it
 * @property {Record<string, string>} versions of Backstage's packages
 */

const FOLDER = join(packageDir, 'src/stranger/releases');

/** The file of a release; patches of the same minor take each other's place. */
export function fileOfRelease(release) {
  const { major, minor } = semver.coerce(release);
  return join(FOLDER, `backstage-${major}.${minor}.json`);
}

/** @returns {Release} */
export function readRelease(release) {
  return JSON.parse(readFileSync(fileOfRelease(release), 'utf8'));
}

/** @returns {Release} the newest that is recorded */
export function newestRelease() {
  const names = readdirSync(FOLDER).map(file => semver.coerce(file).version);
  return readRelease(names.sort(semver.compare).at(-1));
}
