/*
 * Reads npm's settings on this machine and talks to its registry, which may be a company mirror with a certificate of
 * its own.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

/** Reads the setting that with-toolchain.mjs passes on for Yarn, or else npm's own. */
function setting(name, variable) {
  if (process.env[variable]) return process.env[variable];
  const { stdout } = spawnSync('npm', ['config', 'get', name], {
    // npm refuses to read its settings in the folder of a workspace.
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const value = stdout.trim();
  return ['', 'null', 'undefined'].includes(value) ? undefined : value;
}

/** Address of the registry, without a trailing slash. */
export function registryUrl() {
  return setting('registry', 'YARN_NPM_REGISTRY_SERVER').replace(/\/$/, '');
}

/** File with the certificates for the registry, if one is configured. */
export function certificatesFile() {
  return setting('cafile', 'YARN_HTTPS_CA_FILE_PATH');
}

/**
 * Sends requests to the registry as npm would.
 *
 * @returns {{url: string, ask: (path: string, headers?: object) => Promise<{status: number, body: object}>}}
 */
export function npmRegistry() {
  const url = registryUrl();
  const cafile = certificatesFile();
  // The global `fetch` trusts only the certificates that Node ships.
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
