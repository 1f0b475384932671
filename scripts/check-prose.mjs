/*
 * Holds comments, names of tests, messages and documents to the words and openings of `scripts/prose/rules.mjs`.
 *
 *   yarn prose:check [paths]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentencesOfCode } from './prose/code.mjs';
import { sentencesOfDocument } from './prose/markdown.mjs';
import { faultsOf, MESSAGE } from './prose/rules.mjs';
import { root } from './processes.mjs';

const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const DOCUMENT = /\.md$|openapi\.yaml$/;
const GENERATED =
  /generated|\/migrations\/|^scripts\/prose\/rules|report\.\w+\.md$/;

/** Files whose messages are quoted by tests and documents, and are not rewritten yet. */
const MESSAGES_LEFT = [
  'plugins/api-keys-backend/src/observability/startup/startupSummary.ts',
  'plugins/api-keys-backend/src/observability/startup/warnOfUnknownAdmins.ts',
  'plugins/api-keys-backend/src/notifications/templates/ownership.ts',
  'plugins/api-keys-backend/src/jobs/offboarding/OwnerIdentities.ts',
  'plugins/api-keys-backend/src/router/verifyRoute.ts',
  'plugins/api-keys-backend/src/service/KeyOwnership.ts',
  'plugins/api-keys-node/src/restrictions/guarded/OwnPermissions.ts',
  'plugins/api-keys/src/messages/admin.ts',
  'plugins/api-keys/src/messages/confirmOwner.ts',
  'plugins/api-keys/src/messages/create.ts',
  'plugins/api-keys/src/messages/policies.ts',
  'plugins/api-keys/src/messages/trail.ts',
  'plugins/api-keys/src/messages/warnings.ts',
];

const files = execFileSync('git', ['ls-files', ...process.argv.slice(2)], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(path => existsSync(join(root, path)) && !GENERATED.test(path));

let count = 0;
let faults = 0;
for (const path of files) {
  const read = CODE.test(path)
    ? sentencesOfCode
    : DOCUMENT.test(path) && sentencesOfDocument;
  if (!read) continue;

  for (const { text, kind, line } of read(
    path,
    readFileSync(join(root, path), 'utf8'),
  )) {
    count += 1;
    if (kind === MESSAGE && MESSAGES_LEFT.includes(path)) continue;
    for (const { words, instead } of faultsOf(text, kind)) {
      faults += 1;
      console.error(
        `✖ ${path}:${line}: "${words}" in a ${kind}: write ${instead}.\n    ${text.slice(
          0,
          160,
        )}`,
      );
    }
  }
}
console.log(`${count} sentences, ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
