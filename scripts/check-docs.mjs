/*
 * Checks the documents: links, anchors, TechDocs rendering, and that every code block is covered by a test.
 *
 *   yarn docs:check [--site <folder>]
 *
 * --site keeps the generated TechDocs site in that folder.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkBlocks } from './docs/blocks.mjs';
import { faultsOfCompatibility } from './docs/compatibility.mjs';
import { documents } from './docs/documents.mjs';
import { faultsOfLinks } from './docs/links.mjs';
import { buildSite } from './docs/site.mjs';
import { faultsOfTechDocs } from './docs/techdocs.mjs';
import { inCi, warn } from './processes.mjs';

const { values } = parseArgs({ options: { site: { type: 'string' } } });
const site = buildSite(values.site && resolve(values.site));
const blocks = await checkBlocks();

const faults = [
  ...documents.flatMap(document =>
    faultsOfLinks(document).map(fault => `${document}: ${fault}`),
  ),
  ...faultsOfTechDocs(),
  ...faultsOfCompatibility(),
  ...blocks.faults,
  ...site.faults,
];
for (const fault of faults) console.error(`✖ ${fault}`);
console.log(
  `${documents.length} documents with ${blocks.count} blocks of code, ${faults.length} faults`,
);
if (site.missing) warn(site.missing);
process.exitCode = faults.length === 0 && !(site.missing && inCi) ? 0 : 1;
