import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../../scripts/free-port.mjs';
import { root } from '../../../../scripts/processes.mjs';

const START_TIMEOUT_MS = 120_000;
const POLL_MS = 200;
const ENTRY = fileURLToPath(new URL('./server.mjs', import.meta.url));
const PEOPLE = join(root, 'packages/backend/catalog/org.yaml');

/** Backend under measurement, in a process of its own. */
export class MeasuredServer {
  #folder;
  #process;
  #log;

  /** Starts it and waits until users can sign in. */
  static async start(database) {
    const port = await freePort();
    const server = new MeasuredServer(`http://localhost:${port}`);
    server.#folder = await mkdtemp(join(tmpdir(), 'api-keys-bench-'));
    server.#log = join(server.#folder, 'server.log');
    const config = join(server.#folder, 'app-config.json');
    await writeFile(
      config,
      JSON.stringify(configOf(server.url, port, database)),
    );
    const log = await open(server.#log, 'a');
    server.#process = spawn(process.execPath, [ENTRY, '--config', config], {
      cwd: root,
      // With Backstage's request log, as in production.
      env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'info' },
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    process.on('exit', server.#kill);
    await server.#waitUntilReady();
    return server;
  }

  constructor(url) {
    this.url = url;
  }

  /** Returns the Backstage token of a user. */
  async signIn(user) {
    const { backstageIdentity } = await this.request(
      'POST',
      '/api/auth/bench/refresh',
      { body: { user } },
    );
    return backstageIdentity.token;
  }

  /** Creates a key and returns its secret. */
  async createKey(userToken) {
    const { secret } = await this.request('POST', '/api/api-keys/v1/keys', {
      body: { name: 'bench' },
      token: userToken,
    });
    return secret;
  }

  /** Returns the process's totals: microseconds of CPU, and statements by database and text. */
  spent() {
    return this.request('GET', '/api/bench/process');
  }

  /** Runs a task, and returns the CPU profile of the server meanwhile. */
  async profile(during) {
    await this.request('POST', '/api/bench/profile');
    await during();
    return this.request('DELETE', '/api/bench/profile');
  }

  async request(method, path, { body, token } = {}) {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(body && { 'Content-Type': 'application/json' }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    }
    return text && JSON.parse(text);
  }

  async remove() {
    process.off('exit', this.#kill);
    if (!this.#hasEnded()) {
      const ended = new Promise(resolve => this.#process.once('exit', resolve));
      this.#process.kill('SIGTERM');
      await ended;
    }
    await rm(this.#folder, { recursive: true });
  }

  #kill = () => this.#process?.kill('SIGKILL');

  #hasEnded() {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  async #waitUntilReady() {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline && !this.#hasEnded()) {
      // The catalog reads its users some time after the backend is ready.
      if (await this.signIn('ada').catch(() => undefined)) return;
      await sleep(POLL_MS);
    }
    this.#kill();
    throw new Error(
      `The server did not start:\n${await readFile(this.#log, 'utf8')}`,
    );
  }
}

function configOf(url, port, database) {
  return {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database,
    },
    auth: { environment: 'bench', providers: { bench: {}, 'api-key': {} } },
    permission: { enabled: true },
    catalog: {
      locations: [
        { type: 'file', target: PEOPLE, rules: [{ allow: ['Group', 'User'] }] },
      ],
    },
  };
}
