/* Checks that an app's versions are in the ranges that our packages declare. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { isBackstage } from './appManifests.mjs';

/** Version that Node resolves from a folder of the app. */
export function installedVersion(folder, name) {
  const file = join(folder, 'node_modules', name, 'package.json');
  return existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8')).version
    : undefined;
}

/**
 * @returns {string[]} Backstage packages of the app that are out of a range that one of ours declares: where the app
 *   forces the
 *   versions of its release, its package manager does not report it
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
