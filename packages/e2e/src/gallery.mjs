/*
 * Collects the screenshots of the browser tests on one page: every step in every look.
 *
 *   yarn gallery
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageDir } from './paths.mjs';

const folder = join(packageDir, 'screenshots');
const LOOKS = [
  '1280-light',
  '1280-dark',
  '400-light',
  '400-dark',
  // Mails.
  '600-light',
  '360-light',
];
const NAME = new RegExp(`^(.+)-(${LOOKS.join('|')})\\.png$`);

const steps = new Map();
for (const file of readdirSync(folder).sort()) {
  const [, step, look] = NAME.exec(file) ?? [];
  if (step) steps.set(step, { ...steps.get(step), [look]: file });
}

const pictures = files =>
  LOOKS.filter(look => files[look])
    .map(
      look =>
        `<figure><a href="${files[look]}"><img src="${files[look]}" alt="" loading="lazy"></a><figcaption>${look}</figcaption></figure>`,
    )
    .join('\n');
const sections = [...steps].map(
  ([step, files]) => `<h2>${step}</h2>\n<div>${pictures(files)}</div>`,
);

const page = join(folder, 'index.html');
writeFileSync(
  page,
  `<!doctype html>
<meta charset="utf-8">
<title>API keys for Backstage: ${steps.size} screens</title>
<style>
  body { font-family: sans-serif; margin: 2rem; background: #eee; }
  div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
  figure { margin: 0; }
  img { height: 320px; border: 1px solid #ccc; }
</style>
${sections.join('\n')}
`,
);
console.log(`${steps.size} screens in ${page}`);
