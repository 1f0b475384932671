/* Fresh apps with npm workspaces, converted from a template for Yarn. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rewriteRanges } from '../appManifests.mjs';
import { output } from './output.mjs';

/** Packages whose peer range ends at React 17, and which Backstage uses with React 18. */
const MATERIAL_UI = [
  '@material-ui/core',
  '@material-ui/icons',
  '@material-ui/lab',
  '@material-ui/styles',
];
const REACT = { react: '^18.0.2', 'react-dom': '^18.0.2' };

/** Converts Yarn's fields in the root manifest to npm's. */
function changeRoot(folder) {
  const file = join(folder, 'package.json');
  const {
    packageManager: _,
    resolutions,
    ...manifest
  } = JSON.parse(readFileSync(file, 'utf8'));
  const overrides = {
    ...resolutions,
    ...Object.fromEntries(MATERIAL_UI.map(name => [name, REACT])),
  };
  const content = JSON.stringify({ ...manifest, overrides }, null, 2);
  writeFileSync(file, `${content}\n`);
}

/** Lists the faults of an installed tree that `npm ls --json` reports. */
function problemsIn({ dependencies = {} }) {
  return Object.entries(dependencies).flatMap(([name, each]) => [
    ...(each.missing && !each.optional ? [`${name} is missing`] : []),
    ...(each.invalid
      ? each.invalid.split(', ').map(why => `${name}: ${why}`)
      : []),
    ...problemsIn(each),
  ]);
}

export const npm = {
  install: ['npm', ['install', '--no-audit', '--no-fund']],
  script: name => ['npm', ['run', name]],

  environment: { npm_config_ignore_scripts: 'true' },

  prepare(folder) {
    for (const name of ['yarn.lock', '.yarnrc.yml', '.yarn']) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
    changeRoot(folder);
    rewriteRanges(folder, (name, range) =>
      range.startsWith('link:') ? '*' : undefined,
    );
    // Backstage copies it into the bundle of a backend.
    writeFileSync(join(folder, 'yarn.lock'), '');
    return [
      'the backend depends on the workspace `app` by `*`, since npm has no `link:`',
      'Material UI takes React 18, by `overrides`',
      'there is an empty yarn.lock, which the bundle of a backend requires',
    ];
  },

  async copies(folder) {
    const file = join(folder, 'node_modules/.package-lock.json');
    const { packages } = JSON.parse(readFileSync(file, 'utf8'));
    return Object.entries(packages)
      .filter(
        ([location, { link }]) => !link && location.includes('node_modules/'),
      )
      .map(([location]) => [location.split('node_modules/').at(-1), location]);
  },

  async unmetPeers(folder, env) {
    const text = await output('npm', ['ls', '--all', '--json'], {
      cwd: folder,
      env,
    });
    return [...new Set(problemsIn(JSON.parse(text)))];
  },
};
