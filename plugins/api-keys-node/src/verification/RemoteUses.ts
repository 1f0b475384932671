import { redactSecrets } from '../secret';
import { ApiKeyUse, VerifiedApiKey } from './types';

/**
 * Uses of one key by one plugin that were not sent yet.
 *
 * @public
 */
export type CountedUse = { key: VerifiedApiKey; use: ApiKeyUse };

const INTERVAL = 1000;
/** Keeps a call well below the size limit of request bodies. */
const USES_PER_CALL = 50;
const USER_AGENT_MAX_LENGTH = 255;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Counts uses in memory and sends them once a second, so that no request waits for it, with one entry for each key, plugin and
 * day. Uses that could not be sent are sent later, with their original time.
 */
export class RemoteUses {
  readonly #send: (uses: readonly CountedUse[]) => Promise<unknown>;
  #waiting = new Map<string, CountedUse>();
  #timer: NodeJS.Timeout | undefined;

  /** @param send - sends a batch of uses, and rejects if it did not arrive */
  constructor(send: (uses: readonly CountedUse[]) => Promise<unknown>) {
    this.#send = send;
  }

  add({ id, owner, subject, issuedAt }: VerifiedApiKey, use: ApiKeyUse): void {
    const at = use.at ?? Date.now();
    const what = entryOf(id, use.plugin, at);
    const before = this.#waiting.get(what)?.use.count ?? 0;
    const count = before + (use.count ?? 1);
    // Redacts before truncating, since a truncated secret would not be recognized.
    const userAgent =
      use.userAgent &&
      redactSecrets(use.userAgent).slice(0, USER_AGENT_MAX_LENGTH);
    this.#waiting.set(what, {
      key: { id, owner, subject, issuedAt, endsPredecessor: false },
      use: { ...use, userAgent, count, at },
    });
    this.#schedule();
  }

  /** Sends all pending uses, and keeps those that do not arrive. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const uses = [...this.#waiting.values()];
    this.#waiting = new Map();
    for (let i = 0; i < uses.length; i += USES_PER_CALL) {
      const batch = uses.slice(i, i + USES_PER_CALL);
      try {
        await this.#send(batch);
      } catch {
        // The failing call logs the error.
        batch.forEach(({ key, use }) => this.#putBack(key, use));
      }
    }
  }

  /** Adds uses back to newer ones, whose details win. */
  #putBack(key: VerifiedApiKey, use: ApiKeyUse) {
    const what = entryOf(key.id, use.plugin, use.at ?? Date.now());
    const since = this.#waiting.get(what)?.use;
    this.add(key, { ...use, ...since, count: use.count });
  }

  #schedule() {
    if (this.#timer) return;
    this.#timer = setTimeout(() => void this.flush(), INTERVAL);
    this.#timer.unref();
  }
}

function entryOf(keyId: string, plugin: string, at: number): string {
  return `${keyId} ${plugin} ${Math.floor(at / DAY_MS)}`;
}
