/*
 * Tests the plugins in a fresh app of a Backstage that is newer than the newest recorded one, and prints the result
 * in one line.
 *
 *   node packages/e2e/src/strangersOfTheDay.mjs [latest | next]
 *
 * Does nothing if the registry has nothing newer. API_KEYS_OUTCOME_FILE=<file> also writes the line to that file.
 */
import { writeFileSync } from 'node:fs';
import { say, warn } from '../../../scripts/processes.mjs';
import { endWithoutBrowser } from './prerequisites.mjs';
import { newerRelease } from './stranger/newerRelease.mjs';
import { newestRelease } from './stranger/releases.mjs';
import { newAppOf } from './stranger/templates.mjs';
import { tryTemplates } from './stranger/tryTemplates.mjs';

const tag = process.argv[2] ?? 'latest';
const release = await newerRelease(tag);
if (release) {
  await endWithoutBrowser();
  process.exitCode = await tryRelease();
} else {
  const { release: known } = newestRelease();
  say(`The registry has no "${tag}" of Backstage that is newer than ${known}`);
}

async function tryRelease() {
  say(`Backstage is newer than recorded: ${release.release}`);
  const template = { ...newAppOf(release), name: tag };
  const { failures } = await tryTemplates([template]);
  const failed = failures
    .map(({ message }) => message.replaceAll('\n', '; '))
    .join('; ');
  const line = `Backstage of today (${release.release}): ${
    failed ? `FAILED: ${failed}` : 'passed'
  }`;
  warn(line);
  const file = process.env.API_KEYS_OUTCOME_FILE;
  if (file) writeFileSync(file, line);
  return failed ? 1 : 0;
}
