/*
 * Whether every relative link of the documents leads to a file, every anchor to a heading, and whether every picture is there
 * and has words for those who do not see it. Other sites are not asked; their addresses have to be well-formed.
 */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { root } from '../processes.mjs';
import { readDocument } from './documents.mjs';

/** `](target)` and `](target "title")`; what stands before it, on which line ever, does not matter. */
const LINK =
  /\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+"[^"]*")?\s*\)/g;
const PICTURE_WITHOUT_WORDS = /!\[\s*\]\(/;
const ADDRESS = /^[a-z][a-z0-9+.-]*:/;
/** GitHub keeps what MkDocs folds or leaves out. */
const READS_DIFFERENTLY = /--|[^ -~]/;

/** Without what is code: brackets are no links there, and hashes no headings. */
function proseOf(markdown) {
  return markdown
    .replace(/^( *)(```+|~~~+)[^\n]*\n.*?^ *\2 *$/gms, '')
    .replace(/(`+)(?!`).*?(?<!`)\1(?!`)/gs, code =>
      code.replace(/[[\]()]/g, ''),
    );
}

/** What GitHub makes of a heading for the address. */
function slugOf(heading) {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}

/** Of headings that are alike, only the first one can be led to: GitHub and MkDocs number the others in ways of their own. */
function anchorsOf(prose) {
  const headings = prose.matchAll(/^#{1,6} +(.+?)[ #]*$/gm);
  return new Set([...headings].map(([, heading]) => slugOf(heading)));
}

function isAddress(target) {
  return target.startsWith('mailto:') || URL.canParse(target);
}

/** @returns {string | undefined} what is wrong with a link of a document */
function faultOf(document, target) {
  if (ADDRESS.test(target)) {
    return isAddress(target) ? undefined : `${target} is no address`;
  }
  const [path, anchor] = target.split('#');
  const file = path ? normalize(join(dirname(document), path)) : document;
  if (file.startsWith('..') || !existsSync(join(root, file))) {
    return `there is no ${path} where ${target} leads`;
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
