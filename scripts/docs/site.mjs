/*
 * Builds docs/ with MkDocs as TechDocs does. Debian lacks its plugin `techdocs-core`, so this uses the theme and the
 * Markdown extensions of that plugin which Debian has.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../processes.mjs';

/** Extensions that `techdocs-core` enables. */
const LIKE_TECHDOCS = `
theme:
  name: material
  font: false
markdown_extensions:
  - admonition
  - toc:
      permalink: true
  - pymdownx.betterem:
      smart_enable: all
  - pymdownx.caret
  - pymdownx.critic
  - pymdownx.details
  - pymdownx.emoji
  - pymdownx.extra
  - pymdownx.highlight:
      linenums: true
  - pymdownx.inlinehilite
  - pymdownx.magiclink
  - pymdownx.mark
  - pymdownx.smartsymbols
  - pymdownx.superfences
  - pymdownx.tabbed:
      alternate_style: true
  - pymdownx.tasklist:
      custom_checkbox: true
  - pymdownx.tilde
`;

const MISSING =
  'TechDocs site: not built, since there is no MkDocs with its Material theme and PyMdown extensions (Debian: mkdocs mkdocs-material python3-pymdownx)';
/** MkDocs' error for a theme or an extension that is not installed. */
const LACKS_PARTS = /Unrecognised theme|ModuleNotFoundError/;

function run(args) {
  return spawnSync('mkdocs', args, { encoding: 'utf8' });
}

/**
 * @param {string} [folder] keeps the site in this folder
 * @returns {{ missing?: string, faults: string[] }}
 */
export function buildSite(folder) {
  if (run(['--version']).error) return { missing: MISSING, faults: [] };

  const temporary = mkdtempSync(join(tmpdir(), 'api-keys-site-'));
  const config = join(temporary, 'mkdocs.yml');
  const written = readFileSync(join(root, 'mkdocs.yml'), 'utf8')
    .replace('docs_dir: docs', `docs_dir: ${join(root, 'docs')}`)
    .replace('- techdocs-core', '- search');
  writeFileSync(config, written + LIKE_TECHDOCS);
  const site = folder ?? join(temporary, 'site');
  try {
    const { status, stderr } = run(
      ['build', '--strict', '--config-file', config].concat('--site-dir', site),
    );
    if (LACKS_PARTS.test(stderr)) return { missing: MISSING, faults: [] };
    const lines = stripVTControlCharacters(stderr).split('\n');
    const faults = lines.filter(line => /^(WARNING|ERROR)\b/.test(line));
    if (status !== 0 && faults.length === 0) faults.push(stderr.trim());
    return { faults: faults.map(fault => `TechDocs site: ${fault}`) };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}
