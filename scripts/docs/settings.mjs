/* Checks that settings in the documents match the app-config.yaml schemas of all packages in the demo portal. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../processes.mjs';

const { resolve } = createRequire(join(root, 'package.json'));
// Backstage's CLI validates configuration with it.
const { loadConfigSchema } = createRequire(
  resolve('@backstage/cli/package.json'),
)('@backstage/config-loader');
const { parse } = createRequire(
  join(root, 'plugins/api-keys-backend/package.json'),
)('yaml');

/** Secrets come from environment variables. */
function settingsOf(yaml) {
  return parse(yaml.replace(/\$\{\w+\}/g, 'x'.repeat(32)));
}

/**
 * @param {import('./documents.mjs').Block[]} blocks
 * @returns {Promise<string[]>}
 */
export async function faultsOfSettings(blocks) {
  const schema = await loadConfigSchema({ dependencies: ['app', 'backend'] });
  return blocks.flatMap(({ document, line, text }) => {
    const data = settingsOf(text);
    // The e-mail module requires settings of its own.
    const others = ['app-config.yaml'].concat(
      data.notifications?.processors?.email ? [] : 'app-config.email.yaml',
    );
    const configs = others.map(file => ({
      data: settingsOf(readFileSync(join(root, file), 'utf8')),
      context: file,
    }));
    try {
      schema.process([...configs, { data, context: document }]);
      return [];
    } catch (error) {
      return [`${document}:${line}: ${error.message}`];
    }
  });
}
