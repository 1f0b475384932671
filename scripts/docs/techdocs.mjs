/*
 * Checks that the pages of docs/ render in TechDocs as they do on GitHub: the navigation in mkdocs.yml lists each
 * page once, and no page uses syntax that MkDocs interprets differently.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../processes.mjs';
import { blocksOf, documents, readDocument } from './documents.mjs';

const NAV_ENTRY = /^\s+- [^:]+: (\S+\.md)$/gm;
const ESCAPED_PIPE = /^\|.*`[^`|]*\\\|[^`]*`/m;

const pagesOfSite = documents.filter(document => document.startsWith('docs/'));

function faultsOfPage(page) {
  const faults = blocksOf(page)
    .filter(({ indent }) => indent)
    .map(
      ({ line }) =>
        `the block in line ${line} is in a list, whose numbers start again after it: put it between paragraphs`,
    );
  if (ESCAPED_PIPE.test(readDocument(page))) {
    faults.push('`\\|` in a table shows its backslash: say it without a pipe');
  }
  return faults.map(fault => `${page}: ${fault}`);
}

function faultsOfContents() {
  const [, nav = ''] = readFileSync(join(root, 'mkdocs.yml'), 'utf8').split(
    /^nav:$/m,
  );
  const pages = pagesOfSite.map(page => relative('docs', page));
  const listed = [...nav.matchAll(NAV_ENTRY)].map(([, page]) => page);
  return [
    ...pages
      .filter(page => !listed.includes(page))
      .map(page => `docs/${page} is not in the nav`),
    ...listed
      .filter(page => !pages.includes(page))
      .map(page => `there is no docs/${page}`),
    ...listed
      .filter((page, i) => listed.indexOf(page) < i)
      .map(page => `${page} is listed twice`),
  ].map(fault => `mkdocs.yml: ${fault}`);
}

export function faultsOfTechDocs() {
  return [...pagesOfSite.flatMap(faultsOfPage), ...faultsOfContents()];
}
