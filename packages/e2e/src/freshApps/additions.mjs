/* Compares an app's dependency tree before and after our packages are added. */
import { isBackstage } from './appManifests.mjs';

/** Packages that an app must have once: they hold state, or compare by identity. */
const SINGLE = /^(react|react-dom|react-router|react-router-dom)$/;

/**
 * @typedef {object} Tree
 * @property {Map<string, string[]>} copies locations of the packages that an app must have once
 * @property {string[]} unmetPeers
 */

/** @returns {Promise<Tree>} the installed packages of an app */
export async function readTree(packageManager, folder, env) {
  const copies = new Map();
  for (const [name, location] of await packageManager.copies(folder)) {
    if (!isBackstage(name) && !SINGLE.test(name)) continue;
    copies.set(name, [...(copies.get(name) ?? []), location]);
  }
  return { copies, unmetPeers: await packageManager.unmetPeers(folder, env) };
}

const duplicates = ({ copies }) =>
  [...copies].filter(([, locations]) => locations.length > 1);

/** Describes duplicates and unmet peer dependencies of the app itself. */
export function summaryOf(tree) {
  return `${tree.copies.size} packages of Backstage and React, ${
    duplicates(tree).length
  } of them more than once, and ${
    tree.unmetPeers.length
  } unmet peer dependencies`;
}

/**
 * @param {Tree} before
 * @param {Tree} after
 * @returns {string[]} duplicates and unmet peer dependencies that our packages caused
 */
export function faultsOfAddition(before, after) {
  const copied = duplicates(after)
    .filter(([name, { length }]) => {
      return length > (before.copies.get(name)?.length ?? 1);
    })
    .map(
      ([name, locations]) => `${name} is there twice: ${locations.join(', ')}`,
    );
  const unmet = after.unmetPeers.filter(
    each => !before.unmetPeers.includes(each),
  );
  return [...copied, ...unmet.map(each => `Unmet peer dependency: ${each}`)];
}
