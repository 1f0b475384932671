/*
 * Tests the plugins in a fresh app of a Backstage that is newer than the newest recorded one, and prints the result
 * in one line.
 *
 *   node packages/e2e/src/testNewerRelease.mjs [latest | next]
 *
 * Does nothing if the registry has nothing newer. API_KEYS_OUTCOME_FILE=<file> also writes the line to that file.
 */
import { writeFileSync } from 'node:fs';
import { say, warn } from '../../../scripts/processes.mjs';
import { endWithoutBrowser } from './prerequisites.mjs';
import { newerRelease } from './freshApps/newerRelease.mjs';
import { newestRelease } from './freshApps/releases.mjs';
import { newAppOf } from './freshApps/templates.mjs';
import { testTemplates } from './freshApps/testTemplates.mjs';

const tag = process.argv[2] ?? 'latest';
const release = await newerRelease(tag);
if (release) {
  await endWithoutBrowser();
  process.exitCode = await testRelease();
} else {
  const { release: known } = newestRelease();
  say(`The registry has no "${tag}" of Backstage that is newer than ${known}`);
}

async function testRelease() {
  say(`Backstage is newer than recorded: ${release.release}`);
  const template = { ...newAppOf(release), name: tag };
  const { failures } = await testTemplates([template]);
  const failed = failures
    .map(({ message }) => message.replaceAll('\n', '; '))
    .join('; ');
  const line = `Backstage "${tag}" (${release.release}): ${
    failed ? `FAILED: ${failed}` : 'passed'
  }`;
  warn(line);
  const file = process.env.API_KEYS_OUTCOME_FILE;
  if (file) writeFileSync(file, line);
  return failed ? 1 : 0;
}
