/*
 * Checks that every relative link leads to a file, every anchor to a heading, and that every picture exists and has
 * an alternative text. External addresses only have to be well-formed; they are not requested.
 */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { root } from '../processes.mjs';
import { readDocument } from './documents.mjs';

/** Matches `](target)` and `](target "title")`, whichever line the link text is on. */
const LINK =
  /\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+"[^"]*")?\s*\)/g;
const PICTURE_WITHOUT_WORDS = /!\[\s*\]\(/;
const ADDRESS = /^[a-z][a-z0-9+.-]*:/;
/** GitHub keeps what MkDocs folds or leaves out. */
const READS_DIFFERENTLY = /--|[^ -~]/;

/** Removes code: brackets in it are no links, and hashes no headings. */
function proseOf(markdown) {
  return markdown
    .replace(/^( *)(```+|~~~+)[^\n]*\n.*?^ *\2 *$/gms, '')
    .replace(/(`+)(?!`).*?(?<!`)\1(?!`)/gs, code =>
      code.replace(/[[\]()]/g, ''),
    );
}

/** Builds the anchor of a heading as GitHub does. */
function slugOf(heading) {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}

/** Only the first of several equal headings can be linked to: GitHub and MkDocs number the others differently. */
function anchorsOf(prose) {
  const headings = prose.matchAll(/^#{1,6} +(.+?)[ #]*$/gm);
  return new Set([...headings].map(([, heading]) => slugOf(heading)));
}

function isAddress(target) {
  return target.startsWith('mailto:') || URL.canParse(target);
}

/** @returns {string | undefined} the fault of a link, if it has one */
function faultOf(document, target) {
  if (ADDRESS.test(target)) {
    return isAddress(target) ? undefined : `${target} is no address`;
  }
  const [path, anchor] = target.split('#');
  const file = path ? normalize(join(dirname(document), path)) : document;
  if (file.startsWith('..') || !existsSync(join(root, file))) {
    return `${target} links to ${path}, which does not exist`;
  }
  if (document.startsWith('docs/') && !file.startsWith('docs/')) {
    return `${target} is not in TechDocs, which has docs/ alone: write the path as code`;
  }
  if (anchor === undefined) return undefined;
  if (!file.endsWith('.md')) return `${target}: only pages have headings`;
  if (!anchorsOf(proseOf(readDocument(file))).has(anchor)) {
    return `${file} has no heading for #${anchor}`;
  }
  return READS_DIFFERENTLY.test(anchor)
    ? `#${anchor} is another one in TechDocs: choose a plainer heading`
    : undefined;
}

export function faultsOfLinks(document) {
  const prose = proseOf(readDocument(document));
  const faults = [...prose.matchAll(LINK)]
    .map(([, target]) => faultOf(document, target))
    .filter(Boolean);
  if (PICTURE_WITHOUT_WORDS.test(prose)) {
    faults.push('a picture has no text for those who do not see it');
  }
  return faults;
}
