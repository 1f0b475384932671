/* Whether an app has what our packages say that they work with. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { isBackstage } from './appManifests.mjs';

/** The version that Node finds from a folder of the app. */
export function installedVersion(folder, name) {
  const file = join(folder, 'node_modules', name, 'package.json');
  return existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8')).version
    : undefined;
}

/**
 * @returns {string[]} the packages of Backstage in the app that are not in the range that one of ours asks for: where the app forces
 *   the versions of its release, its package manager says nothing
 */
export function outsideOfRanges(folder, packed) {
  return packed.flatMap(({ name: ours, manifest }) =>
    Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })
      .filter(([name]) => isBackstage(name))
      .map(([name, range]) => ({
        range,
        version: installedVersion(folder, name),
        what: `${ours} asks for ${name} ${range}`,
      }))
      .filter(
        ({ range, version }) => version && !semver.satisfies(version, range),
      )
      .map(({ what, version }) => `${what}, and the app has ${version}`),
  );
}
