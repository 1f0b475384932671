/* Looks up Backstage's packages in the registry. */
import semver from 'semver';
import { npmRegistry } from '../../../../scripts/npm.mjs';
import { askedOfBackstage } from './appManifests.mjs';

let registry;
const packuments = new Map();

/** Fetches the registry's document for a package, once. */
export function packument(name) {
  registry ??= npmRegistry();
  if (!packuments.has(name)) {
    const answer = registry.ask(`/${name.replace('/', '%2f')}`);
    packuments.set(
      name,
      answer.then(({ status, body }) => {
        if (status === 200) return body;
        throw new Error(`The registry answered ${status} for ${name}`);
      }),
    );
  }
  return packuments.get(name);
}

/** A registry may have prereleases without the tag that they were published with. */
function taggedVersion({ versions, 'dist-tags': tags }, tag) {
  if (tag !== 'next' || tags.next) return tags[tag];
  const prereleases = Object.keys(versions).filter(each =>
    semver.prerelease(each),
  );
  return prereleases.sort(semver.compare).at(-1);
}

/**
 * Finds the newest version of a package: the one behind the dist-tag, or `latest` if that is newer.
 *
 * @param {string} name
 * @param {'latest' | 'next'} [tag]
 */
export async function newestVersion(name, tag = 'latest') {
  const body = await packument(name);
  const found = [taggedVersion(body, tag), body['dist-tags'].latest];
  return found.filter(Boolean).sort(semver.compare).at(-1);
}

/**
 * Finds the newest versions of these packages and of their dependencies on Backstage, recursively.
 *
 * @param {string[]} names of packages of Backstage
 * @param {'latest' | 'next'} [tag]
 * @returns {Promise<Record<string, string>>}
 */
export async function newestVersions(names, tag) {
  const chosen = new Map();
  const waiting = [...names];
  for (let name = waiting.shift(); name; name = waiting.shift()) {
    if (chosen.has(name)) continue;
    const version = await newestVersion(name, tag);
    const { versions } = await packument(name);
    chosen.set(name, version);
    waiting.push(...publishedNeeds(versions[version]).map(([need]) => need));
  }
  return Object.fromEntries([...chosen].sort(([a], [b]) => a.localeCompare(b)));
}

/** Lists a published package's dependencies on Backstage, as `[name, range]`. */
export function publishedNeeds({ devDependencies: _, ...published }) {
  return askedOfBackstage(published);
}
