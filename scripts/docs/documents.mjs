/* Finds the documents of the repository and the code blocks in them. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../processes.mjs';

const DOCUMENTS = [
  '*.md',
  '.github/**/*.md',
  'docs/**/*.md',
  'plugins/*/README.md',
];
/** Matches a section heading or a code block. */
const PART = /^## +(.+?)$|^( *)```(\w*)\n(.*?)^ *```$/gms;

/** Paths from the root of the repository. */
export const documents = globSync(DOCUMENTS, { cwd: root }).sort();

const texts = new Map();

/** @param {string} document its path */
export function readDocument(document) {
  if (!texts.has(document)) {
    texts.set(document, readFileSync(join(root, document), 'utf8'));
  }
  return texts.get(document);
}

/**
 * Reads the code blocks of a document, without the indentation of blocks in lists. `section` is the nearest
 * second-level heading above the block.
 *
 * @typedef {{ document: string, section: string, line: number, language: string, text: string, indent: string }}
 *   Block
 * @param {string} document its path
 * @returns {Block[]}
 */
export function blocksOf(document) {
  const markdown = readDocument(document);
  const blocks = [];
  let section = '';
  for (const match of markdown.matchAll(PART)) {
    const [, heading, indent, language, text] = match;
    if (heading) section = heading;
    else {
      blocks.push({
        document,
        section,
        line: markdown.slice(0, match.index).split('\n').length,
        language: language || 'text',
        text: text.replace(new RegExp(`^${indent}`, 'gm'), ''),
        indent,
      });
    }
  }
  return blocks;
}
