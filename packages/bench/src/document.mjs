import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';

const DOCUMENT = fileURLToPath(
  new URL('../../../docs/performance.md', import.meta.url),
);

/**
 * Writes a report into docs/performance.md, replacing the last one of the same bench.
 *
 * @param bench - as in `yarn bench <bench>`
 */
export async function writeReport(bench, text) {
  const document = await readFile(DOCUMENT, 'utf8');
  const style = await prettier.resolveConfig(DOCUMENT);
  await writeFile(
    DOCUMENT,
    prettier.format(withReport(document, bench, text), {
      ...style,
      filepath: DOCUMENT,
    }),
  );
}

function withReport(document, bench, text) {
  const begin = `<!-- Written by \`yarn bench ${bench} --write\` -->`;
  const end = `<!-- End of ${bench} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(`There is no place for the report of ${bench}`);
  }
  return `${document.slice(0, from)}${begin}\n\n${text}\n\n${document.slice(
    to,
  )}`;
}
