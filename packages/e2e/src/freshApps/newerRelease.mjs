/* Finds a release in the registry that is newer than the newest recorded one. */
import semver from 'semver';
import { newestVersions, newestVersion } from './registryVersions.mjs';
import { newestRelease } from './releases.mjs';

/** Packages that identify a release: each changes with every minor release of Backstage. */
const SIGNS = [
  '@backstage/backend-defaults',
  '@backstage/backend-plugin-api',
  '@backstage/core-components',
  '@backstage/frontend-plugin-api',
  '@backstage/plugin-auth-backend',
  '@backstage/plugin-catalog-backend',
];

/**
 * Finds the release behind a dist-tag, if it is newer than the newest recorded one. It is named after its newer
 * packages: no package states which release of Backstage it belongs to.
 *
 * @param {'latest' | 'next'} tag
 * @returns {Promise<import('./releases.mjs').Release | undefined>}
 */
export async function newerRelease(tag) {
  const { versions } = newestRelease();
  const found = await Promise.all(
    SIGNS.map(async name => [name, await newestVersion(name, tag)]),
  );
  const newer = found.filter(([name, version]) =>
    semver.gt(version, versions[name]),
  );
  if (newer.length === 0) return undefined;

  return {
    release: newer
      .map(([name, version]) => `${name.replace('@backstage/', '')} ${version}`)
      .join(', '),
    recorded: new Date().toISOString().slice(0, 10),
    createApp: await newestVersion('@backstage/create-app'),
    versions: await newestVersions(Object.keys(versions), tag),
  };
}
