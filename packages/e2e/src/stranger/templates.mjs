/*
 * The fresh apps: what `@backstage/create-app` makes, in the releases, templates and package managers that the packages promise to
 * work in.
 */
import { newestRelease, readRelease } from './releases.mjs';

/**
 * @typedef {object} Template
 * @property {string} name
 * @property {import('./releases.mjs').Release} release
 * @property {'new' | 'legacy'} frontend the frontend system of its app
 * @property {'yarn' | 'npm'} packageManager
 * @property {boolean} [pinned] whether the app is held to the versions of its release by resolutions
 * @property {boolean} [development] whether it is also started for development, on SQLite
 * @property {boolean} [onRequest] whether it is left out unless it is named
 */

/** @returns {Template} */
export function newAppOf(release) {
  return {
    name: 'new',
    release,
    frontend: 'new',
    packageManager: 'yarn',
    development: true,
  };
}

const oldestAppOf = (frontend, rest) => ({
  release: readRelease('1.53'),
  frontend,
  packageManager: 'yarn',
  // The registry lacks some versions of it, so that the ranges of its packages cannot all be met.
  pinned: true,
  ...rest,
});

const betweenAppOf = (frontend, rest) => ({
  release: readRelease('1.55'),
  frontend,
  packageManager: 'yarn',
  onRequest: true,
  ...rest,
});

const newest = newestRelease();

/** @type {Template[]} */
export const TEMPLATES = [
  newAppOf(newest),
  {
    name: 'npm',
    release: newest,
    frontend: 'new',
    packageManager: 'npm',
  },
  {
    name: 'legacy',
    release: newest,
    frontend: 'legacy',
    packageManager: 'yarn',
  },
  oldestAppOf('new', { name: 'oldest' }),
  // Seen before a release of the plugins; the ones above show in each change what could go wrong with these.
  {
    name: 'legacy-npm',
    release: newest,
    frontend: 'legacy',
    packageManager: 'npm',
    onRequest: true,
  },
  betweenAppOf('new', { name: 'between' }),
  betweenAppOf('legacy', { name: 'between-legacy' }),
  oldestAppOf('legacy', { name: 'oldest-legacy', onRequest: true }),
];
