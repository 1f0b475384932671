/* Whether settings of the documents fit the schemas that all packages of the demo portal have for app-config.yaml. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../processes.mjs';

const { resolve } = createRequire(join(root, 'package.json'));
// Backstage's CLI checks configurations with it.
const { loadConfigSchema } = createRequire(
  resolve('@backstage/cli/package.json'),
)('@backstage/config-loader');
const { parse } = createRequire(
  join(root, 'plugins/api-keys-backend/package.json'),
)('yaml');

/** Secrets come from the environment. */
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
    // A portal with the module for e-mail has to have settings for it.
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
