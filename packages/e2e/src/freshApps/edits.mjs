/* Edits that a platform engineer makes by hand. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** Text before which new lines are inserted, by the file that the documentation names. */
const PLACES = {
  'packages/backend/src/index.ts': 'backend.start()',
  'packages/app/src/App.tsx': '</FlatRoutes>',
  'packages/app/src/components/Root/Root.tsx': '{/* End global nav */}',
};

function edit(file, change) {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/** Merges the values of both, recursively. */
function merge(one, other) {
  const isObject = value => value !== null && typeof value === 'object';
  if (!isObject(one) || !isObject(other)) return other;
  const merged = Object.entries(other).map(([key, value]) => [
    key,
    key in one ? merge(one[key], value) : value,
  ]);
  return { ...one, ...Object.fromEntries(merged) };
}

export function mergeJson(file, values) {
  edit(
    file,
    text => `${JSON.stringify(merge(JSON.parse(text), values), null, 2)}\n`,
  );
}

export function mergeYaml(file, yaml) {
  edit(file, text => stringify(merge(parse(text), parse(yaml))));
}

/**
 * Adds a block of code whose first line is a comment that names its file: inserts its imports after the existing
 * ones, and the rest at the place for that file.
 */
export function addCode(folder, code) {
  const [, name] = code.match(/^\/\/ (packages\/[\w/.]+)/) ?? [];
  const place = PLACES[name];
  if (!place)
    throw new Error(`There is no known place for this block:\n${code}`);
  const lines = code.split('\n').filter(line => line && !/^\/\//.test(line));
  const imports = lines.filter(line => line.startsWith('import '));
  const others = lines.filter(line => !line.startsWith('import '));
  edit(join(folder, name), text => {
    const at = text.lastIndexOf(place);
    if (at < 0) throw new Error(`${name} has no ${place}`);
    const before = [...imports, text.slice(0, at)].join('\n');
    return `${before}${others.join('\n')}\n${text.slice(at)}`;
  });
}
