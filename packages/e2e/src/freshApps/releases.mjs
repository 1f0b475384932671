/* Backstage releases for fresh apps, as recorded by recordVersions.mjs. */
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

const FOLDER = join(packageDir, 'src/freshApps/releases');

/** File of a release; a patch release replaces the file of its minor. */
export function fileOfRelease(release) {
  const { major, minor } = semver.coerce(release);
  return join(FOLDER, `backstage-${major}.${minor}.json`);
}

/** @returns {Release} */
export function readRelease(release) {
  return JSON.parse(readFileSync(fileOfRelease(release), 'utf8'));
}

/** @returns {Release} the newest recorded release */
export function newestRelease() {
  const names = readdirSync(FOLDER).map(file => semver.coerce(file).version);
  return readRelease(names.sort(semver.compare).at(-1));
}
