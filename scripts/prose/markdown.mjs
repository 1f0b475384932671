/* Finds the sentences of a Markdown document or of openapi.yaml: everything but code. */
import { DOCUMENT } from './rules.mjs';

const FENCE = /^\s*(?:```|~~~)/;

/** @returns {{ text: string, kind: string, line: number }[]} */
export function sentencesOfDocument(_path, source) {
  let isCode = false;
  return source.split('\n').flatMap((text, index) => {
    if (FENCE.test(text)) isCode = !isCode;
    return isCode || FENCE.test(text) || text.trim() === ''
      ? []
      : [
          {
            text: text.replace(/`[^`]*`/g, '…').trim(),
            kind: DOCUMENT,
            line: index + 1,
          },
        ];
  });
}
