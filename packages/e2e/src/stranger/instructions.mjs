/* What the documentation tells a platform engineer to do, read from it as it stands. */
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

/** It stands in two places, which must agree. */
function installation() {
  const readme = sectionOf(README, 'Install it into your Backstage');
  const guide = sectionOf(GUIDE, 'Install');
  const [said, repeated] = [readme, guide].map(blocks =>
    blocks.map(({ language, text }) => [language, text]),
  );
  if (isDeepStrictEqual(said, repeated)) return readme;
  throw new Error(`${README} and ${GUIDE} say different things`);
}

/**
 * What to do in an app of this frontend system, block by block.
 *
 * @param {'new' | 'legacy'} frontend
 */
export function instructionsFor(frontend) {
  return frontend === 'legacy'
    ? [...installation(), ...sectionOf(GUIDE, 'On the old frontend system')]
    : installation();
}
