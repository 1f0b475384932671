import { setTimeout as sleep } from 'node:timers/promises';
import { Response, Test } from 'supertest';
import { TestPortal } from './startTestPortal';

const API = '/api/api-keys/v1';
/** All replicas know of a revocation after this time, with the default of `verification.maxStaleness`. */
const STALENESS_MS = 1000;

/** State of a key as the client knows it: `maybe` if a response left it open. */
type Known = 'yes' | 'no' | 'maybe';
type TrackedKey = {
  name: string;
  id?: string;
  secret?: string;
  exists: Known;
  isRevoked: Known;
  revokedAt?: number;
};

/** Client that creates, uses and ends keys on several replicas and checks each response against the ones before. */
export class MixedTraffic {
  readonly keys: TrackedKey[] = [];
  /** Responses that contradict earlier ones. */
  readonly violations: string[] = [];
  /** Number of responses with each status, by operation. */
  readonly statuses = new Map<string, number>();
  readonly #portals: readonly TestPortal[];
  readonly #token: string;
  readonly #name: string;
  #isOver = false;
  #made = 0;

  constructor(options: {
    portals: readonly TestPortal[];
    /** User token of an admin. */
    token: string;
    name: string;
  }) {
    this.#portals = options.portals;
    this.#token = options.token;
    this.#name = options.name;
  }

  async run(): Promise<void> {
    const acts = [
      () => this.#create(),
      () => this.#use(),
      () => this.#use(),
      () => this.#read(),
      () => this.#read(),
      () => this.#revoke(),
      () => this.#rotate(),
      () => this.#setPolicy(),
    ];
    while (!this.#isOver) {
      await acts[Math.floor(Math.random() * acts.length)]();
      await sleep(20);
    }
  }

  stop(): void {
    this.#isOver = true;
  }

  async #create() {
    const key: TrackedKey = {
      name: `${this.#name} ${this.#made++}`,
      exists: 'maybe',
      isRevoked: 'no',
    };
    this.keys.push(key);
    const { status, body } = await this.#ask('createKey', [201], portal =>
      portal
        .call('post', `${API}/keys`, this.#token)
        .send({ name: key.name, expiresIn: 'P1D' }),
    );
    key.exists = outcomeOf(status, body);
    if (key.exists === 'yes') {
      Object.assign(key, { id: body.key.id, secret: body.secret });
    }
  }

  async #use() {
    const key = this.#pick();
    if (!key) return;
    const { isRevoked, revokedAt = Infinity } = key;
    const isKnown = Date.now() > revokedAt + STALENESS_MS;
    const allowed = {
      no: [200],
      maybe: [200, 401],
      yes: isKnown ? [401] : [200, 401],
    }[isRevoked];
    const path = Math.random() < 0.5 ? '/api/probe/whoami' : `${API}/self`;
    await this.#ask(`use ${isRevoked}`, allowed, portal =>
      portal.call('get', path, key.secret),
    );
  }

  async #read() {
    const paths = [
      '/keys',
      '/policy',
      '/admin/keys',
      '/admin/summary',
      '/admin/events',
      '/admin/keys.csv',
      '/admin/policies',
      '/admin/warnings',
      ...(this.#pick() ? [`/keys/${this.#pick()!.id}/events`] : []),
    ];
    const path = paths[Math.floor(Math.random() * paths.length)];
    await this.#ask('read', [200], portal =>
      portal.call('get', `${API}${path}`, this.#token),
    );
  }

  async #revoke() {
    const key = this.#pick();
    if (!key) return;
    const isBySecret = Math.random() < 0.3;
    const { status, body } = await this.#ask('revokeKey', [200, 204], portal =>
      isBySecret
        ? portal.call('post', `${API}/revoke`).send({ token: key.secret })
        : portal.call('delete', `${API}/keys/${key.id}`, this.#token),
    );
    const outcome = outcomeOf(status, body);
    if (outcome === 'no' || key.isRevoked === 'yes') return;
    key.isRevoked = outcome;
    if (outcome === 'yes') key.revokedAt = Date.now();
  }

  async #rotate() {
    const key = this.#pick();
    if (!key || key.isRevoked !== 'no') return;
    // A rotated key ends with the first use of its successor, and a reported secret ends both.
    key.isRevoked = 'maybe';
    const { status, body } = await this.#ask('rotateKey', [201, 409], portal =>
      portal.call('post', `${API}/keys/${key.id}/rotate`, this.#token).send({}),
    );
    const outcome = outcomeOf(status, body);
    if (outcome !== 'yes') return;
    const { id } = body.key;
    const { secret } = body;
    this.keys.push({ ...key, id, secret, exists: 'yes' });
  }

  async #setPolicy() {
    await this.#ask('setOwnerPolicy', [200], portal =>
      portal
        .call(
          'put',
          `${API}/admin/owners/user:default%2Flinus/policy`,
          this.#token,
        )
        .send({ limits: { keysPerOwner: 1 + Math.floor(Math.random() * 9) } }),
    );
  }

  #pick(): TrackedKey | undefined {
    const usable = this.keys.filter(({ secret }) => secret).slice(-20);
    return usable[Math.floor(Math.random() * usable.length)];
  }

  /** @param allowed - statuses that would be correct, in addition to 503 with Retry-After */
  async #ask(
    operation: string,
    allowed: number[],
    send: (portal: TestPortal) => Test,
  ): Promise<Pick<Response, 'status' | 'body'>> {
    const portal =
      this.#portals[Math.floor(Math.random() * this.#portals.length)];
    try {
      const { status, headers, body, text } = await send(portal);
      this.#count(operation, status);
      const isTrue =
        status === 503
          ? /^[1-9]\d*$/.test(headers['retry-after'] ?? '')
          : allowed.includes(status) || isOfBackstage(status, text);
      if (!isTrue) this.#violated(`${operation}: ${status} ${text}`);
      return { status, body };
    } catch (error) {
      // A truncated export must not pass for a complete one: it counts as no response.
      const isExport =
        operation === 'read' && /aborted|hang up|ECONNRESET/.test(`${error}`);
      this.#count(operation, isExport ? 'broken off' : 'no answer');
      if (!isExport) this.#violated(`${operation}: ${error}`);
      return { status: 0, body: {} };
    }
  }

  #count(operation: string, status: number | string) {
    const name = `${operation} ${status}`;
    this.statuses.set(name, (this.statuses.get(name) ?? 0) + 1);
  }

  #violated(what: string) {
    this.violations.push(`${new Date().toISOString()} ${what}`);
  }
}

/**
 * Recognizes Backstage's own answer to a session while the public keys of the auth plugin, which are in its database,
 * cannot be fetched. A request with a key gets a 503 in this case (`integration/outage/signingKeys.test.ts`).
 */
function isOfBackstage(status: number, text: string): boolean {
  return (
    status === 401 &&
    JSON.parse(text).error?.message === 'Failed user token verification'
  );
}

/** Derives from a response if the change was made. */
function outcomeOf(status: number, body: any): Known {
  if (status >= 200 && status < 300) return 'yes';
  if (status >= 400 && status < 500) return 'no';
  const { message = '', change } = body?.error ?? {};
  const isUnverified = message.startsWith('API keys cannot be verified');
  return change === 'none' || isUnverified ? 'no' : 'maybe';
}
