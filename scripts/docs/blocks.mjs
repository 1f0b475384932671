/* Checks that each code block of the documents is run by the test that claims.mjs names, or is checked here. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../processes.mjs';
import { CLAIMS, SECTIONS } from './claims.mjs';
import {
  faultsOfCommands,
  faultsOfInlineCommands,
  faultsOfTree,
} from './commands.mjs';
import { faultsOfTypeScript } from './compile.mjs';
import { blocksOf, documents } from './documents.mjs';
import { faultsOfSettings } from './settings.mjs';

/** Validates the settings blocks of each page. */
const OF_EVERY_PAGE = 'pagesOfDocs()';

const at = ({ document, line }) => `${document}:${line}`;

/** Pairs blocks with claims; either side is undefined where the other list is longer. */
function pairsOf(document) {
  const sections = SECTIONS[document] ?? {};
  const claims = CLAIMS[document] ?? {};
  const all = blocksOf(document).map(block => ({
    block,
    claim: sections[block.section],
  }));
  const blocks = all.filter(({ claim }) => !claim).map(({ block }) => block);
  const languages = new Set([
    ...Object.keys(claims),
    ...blocks.map(({ language }) => language),
  ]);
  const pairs = [...languages].flatMap(language => {
    const written = blocks.filter(block => block.language === language);
    const claimed = claims[language] ?? [];
    const count = Math.max(written.length, claimed.length);
    return Array.from({ length: count }, (_, i) => ({
      block: written[i],
      claim: claimed[i],
      fewer: `${document} has fewer blocks of ${language} than are claimed`,
    }));
  });
  return [...all.filter(({ claim }) => claim), ...pairs];
}

function faultsOfTest(file, document) {
  if (!existsSync(join(root, file))) return [`there is no test ${file}`];
  const code = readFileSync(join(root, file), 'utf8');
  return code.includes(basename(document)) || code.includes(OF_EVERY_PAGE)
    ? []
    : [`${file} does not read the page`];
}

function faultsOfQuote(file, { text }) {
  // Documents break long lines for readability.
  const inOneLine = words => words.trim().replace(/\s+/g, ' ');
  const code = readFileSync(join(root, file), 'utf8');
  return inOneLine(code).includes(inOneLine(text))
    ? []
    : [`it differs from the text in ${file}`];
}

/** Checks that need only the block itself. */
function faultsOfPair({ block, claim }) {
  if (typeof claim === 'string') return faultsOfTest(claim, block.document);
  if (claim.by === 'sameAs') return faultsOfQuote(claim.file, block);
  if (claim.by === 'commands') return faultsOfCommands(block);
  if (claim.by === 'tree') return faultsOfTree(block);
  return [];
}

/** @returns {Promise<{ count: number, faults: string[] }>} */
export async function checkBlocks() {
  const pairs = documents.flatMap(pairsOf);
  const complete = pairs.filter(({ block, claim }) => block && claim);
  const claimedBy = kind => complete.filter(({ claim }) => claim.by === kind);
  return {
    count: documents.flatMap(blocksOf).length,
    faults: [
      ...pairs
        .filter(({ claim }) => !claim)
        .map(({ block }) => `${at(block)}: no test claims this block`),
      ...pairs
        .filter(({ block }) => !block)
        .map(({ fewer }) => `scripts/docs/claims.mjs: ${fewer}`),
      ...complete.flatMap(pair =>
        faultsOfPair(pair).map(fault => `${at(pair.block)}: ${fault}`),
      ),
      ...documents.flatMap(document =>
        faultsOfInlineCommands(document).map(fault => `${document}: ${fault}`),
      ),
      ...(await faultsOfSettings(
        claimedBy('settings').map(({ block }) => block),
      )),
      ...faultsOfTypeScript(claimedBy('compile')),
    ],
  };
}
