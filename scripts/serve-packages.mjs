/*
 * Serves the built plugins as npm would after a release, so that an app on this machine can install them. Needs a
 * build (`yarn tsc && yarn build:all`); `npm run packages` makes one first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packAll } from './packed/pack.mjs';
import { startRegistry } from './packed/registry.mjs';
import { endOnSignals, say } from './processes.mjs';

// A fixed port, since the address ends up in the lock file of the app.
const PORT = 4873;

const folder = mkdtempSync(join(tmpdir(), 'api-keys-packages-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
endOnSignals();

say('Packing every plugin');
const packed = await packAll(folder);
const { url } = await startRegistry(packed, { port: PORT });
say(
  'Ready until you press Ctrl+C. In another terminal, in the root of your Backstage repository:',
);
console.log(`
export YARN_NPM_REGISTRY_SERVER=${url}
export YARN_UNSAFE_HTTP_WHITELIST=${new URL(url).hostname}
yarn --cwd packages/backend add backstage-plugin-api-keys-backend
yarn --cwd packages/app add backstage-plugin-api-keys
`);
