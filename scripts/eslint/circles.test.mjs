/*
 * Finds circles of imports in product code. `import/no-cycle` finds the same, but takes a minute of CPU time for the backend
 * alone, where this takes a second for all packages.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { root } from '../processes.mjs';

const ENDINGS = ['.ts', '.tsx', '/index.ts', '/index.tsx'];

function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => resolve(dirname(file), fileName))
    .map(path => ENDINGS.map(end => path + end).find(existsSync))
    .filter(Boolean);
}

/** Returns circles as lists of files; one for each import that closes one. */
function circlesIn(files) {
  const circles = [];
  const done = new Set();
  const path = [];
  const visit = file => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file]);
    if (start >= 0 || done.has(file)) return;
    path.push(file);
    importsOf(file).forEach(visit);
    path.pop();
    done.add(file);
  };
  files.forEach(visit);
  return circles;
}

for (const name of readdirSync(join(root, 'plugins'))) {
  test(`${name} has no circle of imports`, () => {
    const src = join(root, 'plugins', name, 'src');
    const files = readdirSync(src, { recursive: true })
      .filter(file => /(?<!\.test)\.tsx?$/.test(file))
      .map(file => join(src, file));
    const circles = circlesIn(files).map(circle =>
      circle.map(file => relative(src, file)).join(' → '),
    );
    assert.deepEqual(circles, []);
  });
}
