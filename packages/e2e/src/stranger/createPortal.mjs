/*
 * A Backstage app as `@backstage/create-app` leaves it, with API keys added to it by following the
 * documentation to the letter.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { registryUrl } from '../../../../scripts/npm.mjs';
import { mustRun, say, seconds } from '../../../../scripts/processes.mjs';
import { root } from '../paths.mjs';
import { addCode, mergeJson, mergeYaml } from './edits.mjs';
import { appEnvironment } from './environment.mjs';
import { instructionsFor } from './instructions.mjs';
import { checkRanges } from './ranges.mjs';

function createApp({ createApp: version, flags }, folder, env) {
  const { status } = spawnSync(
    'npx',
    ['--yes', `@backstage/create-app@${version}`, '--skip-install']
      .concat(flags)
      .concat('--path', folder),
    {
      cwd: dirname(folder),
      // npx asks the registry that has everything but our packages.
      env: { ...env, npm_config_registry: registryUrl() },
      // It asks for a name.
      input: 'portal\n',
      stdio: ['pipe', 'ignore', 'inherit'],
    },
  );
  if (status !== 0) throw new Error(`create-app ${version} failed (${status})`);
}

// Optional native modules of others' that take minutes to compile, or cannot be here.
const NOT_BUILT = ['cpu-features', 'keytar', 'tree-sitter'];

/** Follows what the documentation says, block by block. */
async function follow(instructions, folder, env) {
  for (const { language, text } of instructions) {
    if (language === 'shell') {
      await mustRun('sh', ['-euc', text], { cwd: folder, env });
    } else if (language === 'yaml') {
      mergeYaml(join(folder, 'app-config.yaml'), text);
    } else addCode(folder, text);
  }
}

/**
 * Makes the app and adds API keys to it.
 *
 * @param {import('./templates.mjs').Template} template
 * @param {string} folder where; must not exist
 * @param {string} registry that has the packages
 * @param {import('../../../../scripts/packed/pack.mjs').Packed[]} packed
 */
export async function createPortal(template, folder, registry, packed) {
  const start = Date.now();
  const env = appEnvironment(registry);
  const step = what => say(`${template.name}: ${what} (${seconds(start)})`);

  step('Making the app');
  createApp(template, folder, env);
  // The app's own lock file comes from elsewhere on the net and changes by the day.
  copyFileSync(join(root, 'yarn.lock'), join(folder, 'yarn.lock'));
  mergeJson(join(folder, 'package.json'), {
    resolutions: template.versions,
    dependenciesMeta: Object.fromEntries(
      NOT_BUILT.map(name => [name, { built: false }]),
    ),
  });

  step('Installing it');
  await mustRun('yarn', ['install'], { cwd: folder, env });

  step('Adding API keys');
  await follow(instructionsFor(template.frontend), folder, env);
  checkRanges(folder, packed);
  step('Checking its types');
  await mustRun('yarn', ['tsc'], { cwd: folder, env });
  step('Ready');
}
