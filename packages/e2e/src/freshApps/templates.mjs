/*
 * Fresh apps for tests: the releases, templates and package managers of `@backstage/create-app` that the packages
 * support.
 */
import { newestRelease, readRelease } from './releases.mjs';

/**
 * @typedef {object} Template
 * @property {string} name
 * @property {import('./releases.mjs').Release} release
 * @property {'new' | 'legacy'} frontend the frontend system of its app
 * @property {'yarn' | 'npm'} packageManager
 * @property {boolean} [pinned] pins the app to the versions of its release by resolutions
 * @property {boolean} [development] also starts it for development, on SQLite
 * @property {boolean} [onRequest] runs only if it is named
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
  // The registry lacks some versions of this release, so that not all ranges of its packages can be met.
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
  // Run before a release of the plugins; the templates above cover in each change what could fail in these.
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
