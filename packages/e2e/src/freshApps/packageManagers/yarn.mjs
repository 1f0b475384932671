/* Fresh apps with Yarn, as `@backstage/create-app` creates them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { mergeJson } from '../edits.mjs';
import { output } from './output.mjs';

/** The only native module that an app needs, and only on SQLite. */
const NATIVE = 'better-sqlite3';

/** Matches an unmet requirement in the output of `yarn explain peer-requirements`. */
const UNMET = /✘ (\S+)(?: \[\w+\])? (provides|doesn't provide) (\S+)/;

export const yarn = {
  install: ['yarn', ['install']],
  /** @param {string} name of a script of the app */
  script: name => ['yarn', [name]],

  environment: { YARN_ENABLE_SCRIPTS: 'false' },

  /** @returns {string[]} changes made to the app, in sentences */
  prepare(folder, { pinned, development, release }) {
    mergeJson(join(folder, 'package.json'), {
      ...(pinned && { resolutions: release.versions }),
      dependenciesMeta: { [NATIVE]: { built: development ?? false } },
    });
    return pinned
      ? [`every package of Backstage is pinned to Backstage ${release.release}`]
      : [];
  },

  /** @returns {Promise<[string, string][]>} every installed package, as its name and location */
  async copies(folder) {
    const file = join(folder, 'node_modules/.yarn-state.yml');
    const { __metadata: _, ...packages } = parse(readFileSync(file, 'utf8'));
    return Object.values(packages)
      .flatMap(({ locations }) => locations)
      .filter(location => location.includes('node_modules/'))
      .map(location => [location.split('node_modules/').at(-1), location]);
  },

  /** @returns {Promise<string[]>} peer dependencies that are missing or out of range */
  async unmetPeers(folder, env) {
    const text = await output('yarn', ['explain', 'peer-requirements'], {
      cwd: folder,
      env,
    });
    return text
      .split('\n')
      .map(line => line.match(UNMET))
      .filter(Boolean)
      .map(([, provider, verb, name]) => `${provider} ${verb} ${name}`);
  },
};
