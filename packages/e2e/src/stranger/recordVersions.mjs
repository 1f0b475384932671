/*
 * Writes which version each of Backstage's packages has in a release, as far as the registry has it.
 *
 *   node src/stranger/recordVersions.mjs 1.55 <app made by create-app>...
 *
 * A package of a release asks for others of it by `^` and their exact versions, so the versions are
 * the lowest that everything together asks for. Where the registry lacks one, the next older one
 * takes its place, so that nothing newer than the release comes in if that can be helped.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { npmRegistry } from '../../../../scripts/npm.mjs';
import { packageDir } from '../paths.mjs';

const MANIFESTS = [
  'package.json',
  'packages/app/package.json',
  'packages/backend/package.json',
];

// Versions that were published with a fault, and what to take instead.
const INSTEAD = {
  // Its config.d.ts imports what is not in the package, so that no app starts.
  '@backstage/plugin-kubernetes-react@0.5.18': '0.5.21',
};

const registry = npmRegistry();
const packuments = new Map();

function packument(name) {
  if (!packuments.has(name)) {
    packuments.set(name, registry.ask(`/${name.replace('/', '%2f')}`));
  }
  return packuments.get(name);
}

/** The packages of Backstage that a manifest asks for, with the lowest version that will do. */
function asked({ dependencies, devDependencies, peerDependencies }) {
  const all = { ...devDependencies, ...peerDependencies, ...dependencies };
  return Object.entries(all)
    .filter(([name]) => name.startsWith('@backstage/'))
    .map(([name, range]) => [name, semver.minVersion(range).version]);
}

/** The version itself if the registry has it, else the newest before it, else its oldest. */
function available(versions, wanted) {
  const released = semver
    .sort(versions)
    .filter(version => !semver.prerelease(version));
  const older = released.filter(version => semver.lte(version, wanted));
  return older.at(-1) ?? released[0];
}

const [release, ...apps] = process.argv.slice(2);
const waiting = apps.flatMap(app =>
  MANIFESTS.flatMap(file =>
    asked(JSON.parse(readFileSync(join(app, file), 'utf8'))),
  ),
);
const wanted = new Map();
const chosen = new Map();
for (let next = waiting.shift(); next; next = waiting.shift()) {
  const [name, version] = next;
  if (wanted.has(name) && semver.gte(wanted.get(name), version)) continue;
  wanted.set(name, version);
  const { versions } = (await packument(name)).body;
  const found = available(Object.keys(versions), version);
  const best = INSTEAD[`${name}@${found}`] ?? found;
  chosen.set(name, best);
  if (best !== version) console.log(`${name}: ${best} instead of ${version}`);
  // One that is newer than the release has to do with what the release has.
  if (semver.lte(best, version)) {
    const { devDependencies: _, ...published } = versions[best];
    waiting.push(...asked(published));
  }
}
const sorted = [...chosen].sort(([a], [b]) => a.localeCompare(b));
writeFileSync(
  join(packageDir, 'src/stranger', `backstage-${release}.json`),
  `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`,
);
