/* Checks the prerequisites of the browser tests. */
import { spawnSync } from 'node:child_process';
import { say, warn } from '../../../scripts/processes.mjs';
import { findChromium } from './chromium.mjs';

// Exit code for a missing prerequisite, which scripts/test-all.mjs does not count as a failure.
const EXIT_UNAVAILABLE = 69;

/** Describes a missing prerequisite in a sentence; undefined if there is none. */
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

/** Ends this process with an explanation if no browser is available. */
export async function endWithoutBrowser() {
  say('Looking for a browser');
  const missing = await whatIsMissing();
  if (!missing) return;
  warn(`Nothing is tested in the browser: ${missing} and run it again.`);
  process.exit(EXIT_UNAVAILABLE);
}
