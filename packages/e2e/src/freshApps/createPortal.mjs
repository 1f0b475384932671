/*
 * Creates a Backstage app with `@backstage/create-app` and adds API keys by following the documentation to the
 * letter.
 */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, say, seconds } from '../../../../scripts/processes.mjs';
import { faultsOfAddition, readTree, summaryOf } from './additions.mjs';
import { isBackstage, rewriteRanges } from './appManifests.mjs';
import { createApp } from './createApp.mjs';
import { addCode, mergeYaml } from './edits.mjs';
import { appEnvironment } from './environment.mjs';
import { instructionsFor } from './instructions.mjs';
import { PACKAGE_MANAGERS } from './packageManagers/index.mjs';
import { layOutProduction } from './production.mjs';
import { outsideOfRanges } from './ranges.mjs';

/** Peer dependencies of Backstage 1.57 that an earlier create-app does not write. */
const BESIDE_BACKSTAGE = {
  typescript: '~5.9.0',
  '@testing-library/dom': '^10.0.0',
  '@testing-library/react': '^16.0.0',
};

/**
 * Sets the app's ranges to those of the release, as the release's own create-app does; older releases have a
 * create-app of their own.
 */
function askForRelease(folder, { release, pinned }) {
  if (pinned) return;
  rewriteRanges(folder, (name, range) => {
    if (!isBackstage(name)) return BESIDE_BACKSTAGE[name];
    const version = release.versions[name];
    return version ? `^${version}` : range;
  });
}

/** Follows the documentation, block by block. */
async function follow(instructions, folder, run) {
  for (const { language, text } of instructions) {
    if (language === 'shell') {
      await run('sh', ['-euc', text]);
    } else if (language === 'yaml') {
      mergeYaml(join(folder, 'app-config.yaml'), text);
    } else addCode(folder, text);
  }
}

/** Adds API keys; throws if that causes a duplicate package or an unmet peer dependency. */
async function addApiKeys({ template, folder, packed, env, run, step }) {
  const packageManager = PACKAGE_MANAGERS[template.packageManager];
  const before = await readTree(packageManager, folder, env);
  step(`Without API keys: ${summaryOf(before)}`);

  step('Adding API keys');
  await follow(instructionsFor(template), folder, run);
  const after = await readTree(packageManager, folder, env);
  const faults = [
    ...faultsOfAddition(before, after),
    ...outsideOfRanges(folder, packed),
  ];
  if (faults.length > 0) throw new Error(faults.join('\n'));
  step('With API keys: no new duplicates or unmet peer dependencies');
}

/**
 * Creates the app, adds API keys and builds it. Prints the output of commands only if they fail: several apps are
 * created at a time.
 *
 * @param {import('./templates.mjs').Template} template
 * @param {string} folder must not exist
 * @param {{url: string}} registry that has the packages
 * @param {import('../../../../scripts/packed/pack.mjs').Packed[]} packed
 */
export async function createPortal(template, folder, registry, packed) {
  const start = Date.now();
  let last;
  const step = what => {
    last = what;
    say(`${template.name}: ${what} (${seconds(start)})`);
  };
  const log = `${folder}.log`;
  const output = openSync(log, 'w');
  const stdio = ['ignore', output, output];
  const packageManager = PACKAGE_MANAGERS[template.packageManager];
  const env = {
    ...appEnvironment(registry.url, template.name),
    ...packageManager.environment,
  };
  const run = (command, args, options) =>
    mustRun(command, args, { stdio, cwd: folder, env, ...options });
  const script = name => run(...packageManager.script(name));
  try {
    const { frontend, release } = template;
    step(`Making an app of Backstage ${release.release}`);
    const version = release.createApp;
    await createApp({ version, frontend, folder }, { stdio, env });
    askForRelease(folder, template);
    for (const change of packageManager.prepare(folder, template)) {
      step(`Changed in the app: ${change}`);
    }

    step('Installing it');
    await run(...packageManager.install);
    await addApiKeys({ template, folder, packed, env, run, step });
    step('Checking its types');
    await script('tsc');
    step('Building it');
    await script('build:all');
    layOutProduction(folder);
    step('Ready');
  } catch (error) {
    say(
      `${template.name}: Failed, after this:\n\n${readFileSync(log, 'utf8')}`,
    );
    throw new Error(`${template.name}: ${last}: ${error.message}`, {
      cause: error,
    });
  } finally {
    closeSync(output);
  }
}
