/* npm's settings on this machine, and its registry, which may be a company's mirror behind a certificate of its own. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

/** What with-toolchain.mjs has read for Yarn, or else npm's own setting. */
function setting(name, variable) {
  if (process.env[variable]) return process.env[variable];
  const { stdout } = spawnSync('npm', ['config', 'get', name], {
    // In the folder of a workspace, npm would refuse.
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const value = stdout.trim();
  return ['', 'null', 'undefined'].includes(value) ? undefined : value;
}

/** The address of the registry, without a slash at its end. */
export function registryUrl() {
  return setting('registry', 'YARN_NPM_REGISTRY_SERVER').replace(/\/$/, '');
}

/** The file with the certificates that it takes to reach it, if there is one. */
export function certificatesFile() {
  return setting('cafile', 'YARN_HTTPS_CA_FILE_PATH');
}

/**
 * Asks the registry as npm would.
 *
 * @returns {{url: string, ask: (path: string, headers?: object) => Promise<{status: number, body: object}>}}
 */
export function npmRegistry() {
  const url = registryUrl();
  const cafile = certificatesFile();
  // The global fetch trusts what Node came with and nothing else.
  const { Agent, get } = url.startsWith('https:') ? https : http;
  const agent = new Agent({
    ca: cafile && readFileSync(cafile),
    keepAlive: true,
  });

  async function ask(path, headers = {}) {
    const response = await new Promise((resolve, reject) => {
      get(url + path, { agent, headers }, resolve).on('error', reject);
    });
    return { status: response.statusCode, body: await json(response) };
  }

  return { url, ask };
}
