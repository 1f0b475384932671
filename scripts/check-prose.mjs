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
import { faultsOf } from './prose/rules.mjs';
import { root } from './processes.mjs';

const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const DOCUMENT = /\.md$|openapi\.yaml$/;
const GENERATED =
  /generated|\/migrations\/|^scripts\/prose\/rules|report\.\w+\.md$/;

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
