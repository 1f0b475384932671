/* Whether an app has what our packages say that they work with. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';

/** The version that Node finds from a folder of the app. */
function installedVersion(folder, name) {
  const file = join(folder, 'node_modules', name, 'package.json');
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version;
}

/**
 * Throws for a package of Backstage in the app that is not in the range that one of ours asks for:
 * the app forces the versions of its release, and Yarn says nothing.
 */
export function checkRanges(folder, packed) {
  const outside = packed.flatMap(({ name: ours, manifest }) =>
    Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })
      .filter(([name]) => name.startsWith('@backstage/'))
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
  if (outside.length > 0) throw new Error(outside.join('\n'));
}
