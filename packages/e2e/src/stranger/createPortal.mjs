/*
 * A Backstage app as `@backstage/create-app` leaves it, with API keys added to it by following the
 * documentation to the letter.
 */
import { closeSync, copyFileSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { registryUrl } from '../../../../scripts/npm.mjs';
import { mustRun, say, seconds } from '../../../../scripts/processes.mjs';
import { root } from '../paths.mjs';
import { addCode, mergeJson, mergeYaml } from './edits.mjs';
import { appEnvironment } from './environment.mjs';
import { instructionsFor } from './instructions.mjs';
import { checkRanges } from './ranges.mjs';

function createApp({ createApp: version, flags }, folder, env, run) {
  const args = ['--yes', `@backstage/create-app@${version}`, '--skip-install'];
  return run('npx', [...args, ...flags, '--path', folder], {
    cwd: dirname(folder),
    // npx asks the registry that has everything but our packages.
    env: {
      ...env,
      npm_config_registry: registryUrl(),
      // It would ask for a name.
      BACKSTAGE_APP_NAME: 'portal',
    },
  });
}

// Optional native modules of others' that take minutes to compile, or cannot be here.
const NOT_BUILT = ['cpu-features', 'keytar', 'tree-sitter'];

/** Follows what the documentation says, block by block. */
async function follow(instructions, folder, run) {
  for (const { language, text } of instructions) {
    if (language === 'shell') {
      await run('sh', ['-euc', text]);
    } else if (language === 'yaml') {
      mergeYaml(join(folder, 'app-config.yaml'), text);
    } else addCode(folder, text);
  }
}

/**
 * Makes the app and adds API keys to it. What the commands print is seen where one fails: several
 * apps are made at a time.
 *
 * @param {import('./templates.mjs').Template} template
 * @param {string} folder where; must not exist
 * @param {string} registry that has the packages
 * @param {import('../../../../scripts/packed/pack.mjs').Packed[]} packed
 */
export async function createPortal(template, folder, registry, packed) {
  const start = Date.now();
  const step = what => say(`${template.name}: ${what} (${seconds(start)})`);
  const log = `${folder}.log`;
  const output = openSync(log, 'w');
  const stdio = ['ignore', output, output];
  const env = appEnvironment(registry);
  const run = (command, args, options) =>
    mustRun(command, args, { stdio, cwd: folder, env, ...options });
  try {
    step('Making the app');
    await createApp(template, folder, env, run);
    // The app's own lock file comes from elsewhere on the net and changes by the day.
    copyFileSync(join(root, 'yarn.lock'), join(folder, 'yarn.lock'));
    mergeJson(join(folder, 'package.json'), {
      resolutions: template.versions,
      dependenciesMeta: Object.fromEntries(
        NOT_BUILT.map(name => [name, { built: false }]),
      ),
    });

    step('Installing it');
    await run('yarn', ['install']);

    step('Adding API keys');
    await follow(instructionsFor(template.frontend), folder, run);
    checkRanges(folder, packed);
    step('Checking its types');
    await run('yarn', ['tsc']);
    step('Ready');
  } catch (error) {
    step(`Failed, after this:\n\n${readFileSync(log, 'utf8')}`);
    throw error;
  } finally {
    closeSync(output);
  }
}
