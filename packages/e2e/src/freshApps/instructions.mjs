/* Reads the installation instructions from the documentation. */
import { isDeepStrictEqual } from 'node:util';
import { blocksOf } from '../../../../scripts/docs/documents.mjs';

function sectionOf(document, heading) {
  const blocks = blocksOf(document).filter(
    ({ section }) => section === heading,
  );
  if (blocks.length > 0) return blocks;
  throw new Error(`${document} has no code below "## ${heading}"`);
}

const README = 'README.md';
const GUIDE = 'docs/getting-started.md';

/** Two documents contain the instructions and must agree. */
function installation() {
  const readme = sectionOf(README, 'Install it into your Backstage');
  const guide = sectionOf(GUIDE, 'Install');
  const [said, repeated] = [readme, guide].map(blocks =>
    blocks.map(({ language, text }) => [language, text]),
  );
  if (isDeepStrictEqual(said, repeated)) return readme;
  throw new Error(`${README} and ${GUIDE} say different things`);
}

/** The instructions with Yarn's commands replaced by npm's. */
function installationWithNpm() {
  const commands = sectionOf(GUIDE, 'With npm workspaces');
  const others = installation().filter(({ language }) => language !== 'shell');
  return [...commands, ...others];
}

/**
 * Lists the steps for an app, block by block.
 *
 * @param {Pick<import('./templates.mjs').Template, 'frontend' | 'packageManager'>} template
 */
export function instructionsFor({ frontend, packageManager }) {
  const steps =
    packageManager === 'npm' ? installationWithNpm() : installation();
  return frontend === 'legacy'
    ? [...steps, ...sectionOf(GUIDE, 'On the old frontend system')]
    : steps;
}
