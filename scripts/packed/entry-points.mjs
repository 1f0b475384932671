/* Checks that every declared entry point exists, for Node and for bundlers. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

function targetsOf(exported) {
  if (typeof exported === 'string') return [exported];
  // Backstage's own condition holds the kind of feature, not a file.
  return Object.entries(exported)
    .filter(([condition]) => condition !== 'backstage')
    .flatMap(([, target]) => targetsOf(target));
}

/** @param {import('./pack.mjs').Packed} packed */
export function checkEntryPoints({ name, folder, files, manifest }) {
  // Without `exports`, every file can be imported, and these three fields define the package.
  const entryPoints = manifest.exports ?? { '.': manifest.main };
  const typesOfPaths = Object.values(manifest.typesVersions?.['*'] ?? {});
  const targets = [
    manifest.main,
    manifest.types,
    ...(manifest.module ? [manifest.module] : []),
    ...Object.values(entryPoints).flatMap(targetsOf),
    ...typesOfPaths.flat(),
  ].map(target => target.replace(/^\.\//, ''));

  const problems = [...new Set(targets)]
    .filter(target => !files.includes(target))
    .map(target => `package.json names ${target}, which does not exist`);

  const { resolve } = createRequire(join(folder, '../../consumer.js'));
  for (const path of Object.keys(entryPoints)) {
    try {
      resolve(join(name, path));
    } catch (error) {
      problems.push(`${path} cannot be resolved: ${error.code}`);
    }
  }
  return problems;
}
