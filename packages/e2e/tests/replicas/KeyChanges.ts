import { createHmac } from 'node:crypto';
import type { Attempt, Client } from '../../src/Client';
import { Load } from '../../src/Load';
import type { Replica, Replicas } from '../../src/Replicas';
import { tokenOf } from '../api';
import { KEYS } from './requests';

const API = '/api/api-keys/v1';
const LEAKS_SECRET = 'signs the leak reports of the tests';
/** Value of `apiKeys.leaks`: a reported key keeps working. */
export const LEAKS_CONFIG = {
  action: 'report',
  generic: { secrets: [LEAKS_SECRET] },
};

/** Users who own the keys. */
export const OWNERS = ['ada', 'mei', 'tomas', 'linus', 'priya'];
export const ADMIN = 'grace';
/** Keys that one request revokes. */
const KEYS_PER_STEP = 2;
/** An address may send 60 reports a minute. */
const STEPS_PER_REPORT = 3;
/** Changes to the keys of one owner are further apart than the second in which they would become one notification. */
const PAUSE_MS = 250;

export type KeyChange = { type: 'revoked' | 'leak-reported'; keyId: string };
type CreatedKey = { key: { id: string }; secret: string };
export type ChangedKey = { id: string; name: string; owner: string };

/** Revokes keys of several owners and reports leaks of them, on all replicas in turn. */
export class KeyChanges {
  readonly keys = new Map<string, ChangedKey>();
  /** Changes that a replica has confirmed by its response. */
  readonly confirmed: KeyChange[] = [];
  /** Called when a replica has confirmed a revocation. */
  onConfirmed?: (replica: Replica) => void;
  readonly #replicas: readonly Replica[];
  readonly #client: Client;
  readonly #tokens: ReadonlyMap<string, string>;
  #step = 0;

  static async prepare({ all }: Replicas, client: Client): Promise<KeyChanges> {
    const tokens = new Map<string, string>();
    for (const user of [...OWNERS, ADMIN]) {
      tokens.set(user, await tokenOf(all[0].portal, user));
    }
    return new KeyChanges(all, client, tokens);
  }

  private constructor(
    replicas: readonly Replica[],
    client: Client,
    tokens: ReadonlyMap<string, string>,
  ) {
    this.#replicas = replicas;
    this.#client = client;
    this.#tokens = tokens;
  }

  /** Makes changes until the load is stopped. */
  start(): Load {
    return new Load(() => this.#change(), { pauseMs: PAUSE_MS });
  }

  tokenOf(user: string): string {
    return this.#tokens.get(user)!;
  }

  /** @returns the first response that is no success, or the last one; nothing is repeated */
  async #change(): Promise<Attempt> {
    const step = this.#step++;
    const replica = this.#replicas[step % this.#replicas.length];
    const owner = OWNERS[step % OWNERS.length];
    const post = (path: string, options: Parameters<Client['send']>[1]) =>
      this.#client.send(`${replica.url}${path}`, {
        method: 'POST',
        ...options,
      });

    const created: CreatedKey[] = [];
    for (let index = 0; index < KEYS_PER_STEP; index++) {
      const name = `Changed ${step}.${index}`;
      const token = this.tokenOf(owner);
      const attempt = await post(KEYS, { token, json: { name } });
      if (attempt.status !== 201) return attempt;
      created.push(JSON.parse(attempt.body));
      const { key } = created[index];
      this.keys.set(key.id, { id: key.id, name, owner });
    }

    const [{ key, secret }] = created;
    if (step % STEPS_PER_REPORT === 0) {
      const json = [{ token: secret, url: 'https://example.com/log' }];
      const headers = { 'X-Hub-Signature-256': signatureOf(json) };
      const attempt = await post(`${API}/leaks`, { json, headers });
      if (attempt.status !== 200) return attempt;
      this.confirmed.push({ type: 'leak-reported', keyId: key.id });
    }

    const ids = created.map(each => each.key.id);
    const attempt = await post(`${API}/admin/revoke`, {
      token: this.tokenOf(ADMIN),
      json: { ids, reason: 'admin' },
    });
    if (attempt.status === 200) {
      for (const keyId of ids) this.confirmed.push({ type: 'revoked', keyId });
      this.onConfirmed?.(replica);
    }
    return attempt;
  }
}

function signatureOf(json: unknown): string {
  const mac = createHmac('sha256', LEAKS_SECRET).update(JSON.stringify(json));
  return `sha256=${mac.digest('hex')}`;
}
