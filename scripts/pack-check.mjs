/*
 * Packs every plugin as for publication, and checks what an installation would get: the files, the manifest, the
 * imported modules, the types. Needs a build (`yarn build:all`).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDependencies } from './packed/dependencies.mjs';
import { checkEntryPoints } from './packed/entry-points.mjs';
import { checkFiles } from './packed/files.mjs';
import { checkManifest } from './packed/manifest.mjs';
import { packAll } from './packed/pack.mjs';
import { checkReadme } from './packed/readme.mjs';
import { checkTypes } from './packed/types.mjs';
import { say, seconds } from './processes.mjs';

const CHECKS = [
  checkFiles,
  checkManifest,
  checkReadme,
  checkDependencies,
  checkEntryPoints,
  checkTypes,
];

const kilobytes = bytes => `${Math.ceil(bytes / 1024)} kB`;

async function problemsOf(packed) {
  const found = [];
  for (const check of CHECKS) found.push(...(await check(packed)));
  return found;
}

function printTable(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map(r => r[i].length)));
  for (const row of rows) {
    // Aligns text to the left and figures to the right.
    const cells = row.map((cell, i) =>
      i === 0 || i === row.length - 1
        ? cell.padEnd(widths[i])
        : cell.padStart(widths[i]),
    );
    console.log(cells.join('  ').trimEnd());
  }
}

const start = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'api-keys-packed-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

say('Packing every plugin');
const packages = await packAll(folder);

const rows = [['package', 'files', 'packed', 'unpacked', 'verdict']];
const problems = [];
for (const packed of packages) {
  const found = await problemsOf(packed);
  problems.push(...found.map(problem => `${packed.name}: ${problem}`));
  rows.push([
    packed.name,
    `${packed.files.length}`,
    kilobytes(packed.packedBytes),
    kilobytes(packed.unpackedBytes),
    found.length === 0 ? '✔' : `✖ ${found.length}`,
  ]);
}
printTable(rows);
for (const problem of problems) console.error(`✖ ${problem}`);
console.log(`${packages.length} packages checked in ${seconds(start)}`);
process.exitCode = problems.length === 0 ? 0 : 1;
