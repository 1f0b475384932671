/* Installs the packed plugins into fresh apps and runs the tests of them there. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packAll } from '../../../../scripts/packed/pack.mjs';
import { startRegistry } from '../../../../scripts/packed/registry.mjs';
import { mustRun, runNode, say } from '../../../../scripts/processes.mjs';
import { packageDir, root } from '../paths.mjs';
import { createPortal } from './createPortal.mjs';
import { forgetPackages } from './environment.mjs';

// Two apps at a time keep two cores busy.
const AT_A_TIME = 2;

/**
 * Folder outside of this clone, whose packages and settings tools would find otherwise. It is deleted after this
 * process has ended.
 */
function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'api-keys-fresh-apps-'));
  // Deletes in the background, since it takes minutes.
  process.on('exit', () => {
    const remove = `fs.rmSync(process.argv[1], { recursive: true, force: true })`;
    spawn(process.execPath, ['-e', remove, folder], {
      detached: true,
      stdio: 'ignore',
    });
  });
  return folder;
}

async function packPlugins(folder) {
  say('Building and packing every plugin');
  if (!existsSync(join(root, 'dist-types'))) await mustRun('yarn', ['tsc']);
  await mustRun('yarn', ['backstage-cli', 'repo', 'build']);
  const packed = await packAll(folder);
  forgetPackages(packed.map(({ name }) => name));
  return packed;
}

/** Creates the app with a registry in which its release of Backstage is the newest. */
async function createWithRegistry(template, folder, packed) {
  const registry = await startRegistry(packed, {
    newest: template.release.versions,
  });
  try {
    await createPortal(template, folder, registry, packed);
  } finally {
    await registry.stop();
  }
}

/** Runs the task for each item, a few at a time, and returns the errors. */
async function forEach(items, task) {
  const waiting = [...items];
  const failures = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await task(next).catch(error => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return failures;
}

/**
 * Creates an app for each template that has none, and runs the tests in all of them.
 *
 * @param {import('./templates.mjs').Template[]} templates
 * @param {object} [options]
 * @param {string[]} [options.args] for `playwright test`
 * @param {string} [options.report] file for Playwright's JSON report
 * @returns {Promise<{apps: string, failures: Error[]}>} the folder with the apps, and the failures
 */
export async function testTemplates(templates, { args = [], report } = {}) {
  const temporary = temporaryFolder();
  const apps = process.env.API_KEYS_FRESH_APPS ?? join(temporary, 'apps');
  mkdirSync(apps, { recursive: true });
  const missing = templates.filter(({ name }) => !existsSync(join(apps, name)));
  const packed = missing.length > 0 ? await packPlugins(temporary) : [];
  const failures = await forEach(missing, template =>
    createWithRegistry(template, join(apps, template.name), packed),
  );
  if (failures.length > 0) return { apps, failures };

  say('Using API keys in each of them');
  const { resolve } = createRequire(import.meta.url);
  const exitCode = await runNode(
    [
      resolve('@playwright/test/cli'),
      'test',
      '--config=playwright.freshApps.config.ts',
      ...args,
    ],
    {
      cwd: packageDir,
      env: {
        ...process.env,
        ...(report && { PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
        API_KEYS_FRESH_APPS: apps,
        API_KEYS_FRESH_APP_LIST: JSON.stringify(
          templates.map(({ name, development = false }) => ({
            name,
            development,
          })),
        ),
      },
    },
  );
  return {
    apps,
    failures: exitCode === 0 ? [] : [new Error('A story failed')],
  };
}
