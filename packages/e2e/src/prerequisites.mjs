/* What a machine must have for the tests in a browser. */
import { spawnSync } from 'node:child_process';
import { say, warn } from '../../../scripts/processes.mjs';
import { findChromium } from './chromium.mjs';

// What scripts/test-all.mjs tells from a failure: this machine lacks something.
const EXIT_UNAVAILABLE = 69;

/** What this machine lacks, in a sentence, or nothing. */
async function whatIsMissing() {
  if (spawnSync('curl', ['--version']).error) {
    return 'there is no `curl` on the PATH. Install it';
  }
  try {
    const { executablePath } = await findChromium();
    console.log(executablePath);
    return undefined;
  } catch (error) {
    return `${error.message}. Set CHROMIUM_PATH to a Chromium or Chrome`;
  }
}

/** Ends this process, and says why, where there is no browser to test in. */
export async function endWithoutBrowser() {
  say('Looking for a browser');
  const missing = await whatIsMissing();
  if (!missing) return;
  warn(`Nothing is tested in the browser: ${missing} and run it again.`);
  process.exit(EXIT_UNAVAILABLE);
}
