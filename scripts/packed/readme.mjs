/* Checks links of a README as read on npm, where only the files of the tarball are next to it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g;

/** @param {import('./pack.mjs').Packed} packed */
export function checkReadme({ folder, files }) {
  if (!files.includes('README.md')) return [];
  const text = readFileSync(join(folder, 'README.md'), 'utf8');
  return [...text.matchAll(LINK)]
    .map(([, target]) => target)
    .filter(target => !files.includes(target.replace(/^\.\//, '')))
    .map(target => `README.md links to ${target}, which is not in the tarball`);
}
