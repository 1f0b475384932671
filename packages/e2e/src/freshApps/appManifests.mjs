/* Reads and rewrites the ranges for Backstage's packages in the manifests of an app. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = [
  'package.json',
  'packages/app/package.json',
  'packages/backend/package.json',
];
const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies'];

export const isBackstage = name => name.startsWith('@backstage/');

/** @returns {object[]} the manifests of the app in this folder */
export function readManifests(folder) {
  return FILES.map(file => join(folder, file))
    .filter(existsSync)
    .map(file => JSON.parse(readFileSync(file, 'utf8')));
}

/** Lists a manifest's dependencies on Backstage's packages, as `[name, range]`. */
export function askedOfBackstage(manifest) {
  return SECTIONS.flatMap(section =>
    Object.entries(manifest[section] ?? {}),
  ).filter(([name]) => isBackstage(name));
}

/**
 * Rewrites the ranges in an app's manifests.
 *
 * @param {string} folder of the app
 * @param {(name: string, range: string) => string | undefined} rangeFor returns the new range, or undefined to keep
 *   the old one
 */
export function rewriteRanges(folder, rangeFor) {
  for (const file of FILES.map(name => join(folder, name))) {
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    for (const section of SECTIONS) {
      for (const [name, range] of Object.entries(manifest[section] ?? {})) {
        manifest[section][name] = rangeFor(name, range) ?? range;
      }
    }
    writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
  }
}
