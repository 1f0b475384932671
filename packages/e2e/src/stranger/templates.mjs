/*
 * The portals of strangers: what `@backstage/create-app` makes, in the versions and templates that
 * the packages promise to work in.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageDir } from '../paths.mjs';

/**
 * @typedef {object} Template
 * @property {string} name
 * @property {string} createApp the version of `@backstage/create-app`
 * @property {string[]} flags of `@backstage/create-app`
 * @property {'new' | 'legacy'} frontend the frontend system of its app
 * @property {Record<string, string>} versions of Backstage's packages in its release
 */

/**
 * A template names the oldest versions that it takes; without the lock file of its release, which
 * is not to be had everywhere, packages of later releases come in. Written by recordVersions.mjs.
 */
function versionsOf(release) {
  const file = join(packageDir, 'src/stranger', `backstage-${release}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @type {Template[]} */
export const TEMPLATES = [
  {
    name: 'new',
    createApp: '0.9.2',
    flags: [],
    frontend: 'new',
    versions: versionsOf('1.55'),
  },
  {
    name: 'legacy',
    createApp: '0.9.2',
    flags: ['--legacy'],
    frontend: 'legacy',
    versions: versionsOf('1.55'),
  },
  {
    name: 'oldest',
    createApp: '0.9.0',
    flags: [],
    frontend: 'new',
    versions: versionsOf('1.53'),
  },
];
