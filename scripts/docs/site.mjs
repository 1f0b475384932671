/*
 * Builds docs/ with MkDocs as TechDocs does, whose plugin `techdocs-core` is not in Debian: with its theme and those of its
 * Markdown extensions that are.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../processes.mjs';

/** What `techdocs-core` switches on. */
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
/** How MkDocs complains of a theme or of extensions that are not installed. */
const LACKS_PARTS = /Unrecognised theme|ModuleNotFoundError/;

function run(args) {
  return spawnSync('mkdocs', args, { encoding: 'utf8' });
}

/**
 * @param {string} [folder] keeps the site there
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
