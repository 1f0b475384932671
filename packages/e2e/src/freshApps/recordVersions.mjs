/*
 * Records the version of each Backstage package in a release, as far as the registry has it.
 *
 *   yarn backstage:record 1.57.0                        the newest of each package today
 *   yarn backstage:record 1.53.0 --create-app 0.9.0     those of the release that this create-app makes
 *
 * Packages of a release depend on each other by `^` and exact versions, so the versions of an older release are the
 * lowest that satisfy all ranges. Where the registry lacks one, the next older version is used.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import semver from 'semver';
import { say } from '../../../../scripts/processes.mjs';
import { askedOfBackstage, readManifests } from './appManifests.mjs';
import { createApp } from './createApp.mjs';
import { appEnvironment } from './environment.mjs';
import {
  newestVersion,
  newestVersions,
  packument,
  publishedNeeds,
} from './registryVersions.mjs';
import { fileOfRelease } from './releases.mjs';

// Versions that were published with a fault, and their replacements.
const INSTEAD = {
  // Its config.d.ts imports a file that the package does not contain, so that no app starts.
  '@backstage/plugin-kubernetes-react@0.5.18': '0.5.21',
};

const { values, positionals } = parseArgs({
  options: { 'create-app': { type: 'string' } },
  allowPositionals: true,
});
const [release] = positionals;
if (!semver.valid(release)) {
  throw new Error('Which release of Backstage is it? For example 1.57.0');
}
const older = values['create-app'];
const version = older ?? (await newestVersion('@backstage/create-app'));
say(`Recording Backstage ${release}, made by create-app ${version}`);
const needs = await needsOfTemplates(version);
const versions = older
  ? await lowestVersions(needs)
  : await newestVersions(needs.map(([name]) => name));
const file = fileOfRelease(release);
const recorded = new Date().toISOString().slice(0, 10);
const content = { release, recorded, createApp: version, versions };
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
console.log(`${Object.keys(versions).length} packages in ${file}`);

/** Backstage packages that the apps of both frontend systems depend on, as `[name, range]`. */
async function needsOfTemplates(createAppVersion) {
  const folder = mkdtempSync(join(tmpdir(), 'api-keys-record-'));
  try {
    const apps = ['new', 'legacy'].map(frontend => ({
      version: createAppVersion,
      frontend,
      folder: join(folder, frontend),
    }));
    for (const app of apps) await createApp(app, { env: appEnvironment() });
    return apps
      .flatMap(app => readManifests(app.folder))
      .flatMap(askedOfBackstage);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Returns the version itself if the registry has it, else the newest before it, else the oldest. */
function available(published, wanted) {
  const released = semver
    .sort(published)
    .filter(each => !semver.prerelease(each));
  const before = released.filter(each => semver.lte(each, wanted));
  return before.at(-1) ?? released[0];
}

async function lowestVersions(asked) {
  const lowest = ([name, range]) => [name, semver.minVersion(range).version];
  const waiting = asked.map(lowest);
  const wanted = new Map();
  const chosen = new Map();
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, least] = next;
    if (wanted.has(name) && semver.gte(wanted.get(name), least)) continue;
    wanted.set(name, least);
    const { versions: published } = await packument(name);
    const found = available(Object.keys(published), least);
    const best = INSTEAD[`${name}@${found}`] ?? found;
    chosen.set(name, best);
    if (best !== least) console.log(`${name}: ${best} instead of ${least}`);
    // A package newer than the release has to work with the packages of the release.
    if (semver.lte(best, least)) {
      waiting.push(...publishedNeeds(published[best]).map(lowest));
    }
  }
  return Object.fromEntries([...chosen].sort(([a], [b]) => a.localeCompare(b)));
}
