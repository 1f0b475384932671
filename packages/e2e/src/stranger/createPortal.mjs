/*
 * A Backstage app as `@backstage/create-app` leaves it, with API keys added to it by following the
 * documentation to the letter.
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

/** What Backstage 1.57 asks for of others, which a create-app before it does not write. */
const BESIDE_BACKSTAGE = {
  typescript: '~5.9.0',
  '@testing-library/dom': '^10.0.0',
  '@testing-library/react': '^16.0.0',
};

/** Lets the app ask for the release, as the create-app of the release would; older ones have a create-app of their own. */
function askForRelease(folder, { release, pinned }) {
  if (pinned) return;
  rewriteRanges(folder, (name, range) => {
    if (!isBackstage(name)) return BESIDE_BACKSTAGE[name];
    const version = release.versions[name];
    return version ? `^${version}` : range;
  });
}

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

/** Adds API keys, and throws if that leaves the app with anything twice, or with a peer dependency that is not met. */
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
  step('With them: nothing more is there twice or unmet');
}

/**
 * Makes the app, adds API keys to it and builds it. What the commands print is seen where one fails: several
 * apps are made at a time.
 *
 * @param {import('./templates.mjs').Template} template
 * @param {string} folder where; must not exist
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
