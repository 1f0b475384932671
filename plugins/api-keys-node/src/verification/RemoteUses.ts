import { redactSecrets } from '../secret';
import { ApiKeyUse, VerifiedApiKey } from './types';

/**
 * The uses of one key by one plugin that were not told yet.
 *
 * @public
 */
export type CountedUse = { key: VerifiedApiKey; use: ApiKeyUse };

const INTERVAL = 1000;
/** What one call tells fits well into what a body may be. */
const USES_PER_CALL = 50;
const USER_AGENT_MAX_LENGTH = 255;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Counts uses in memory and tells them once a second, so that no request waits for it: one entry for each key, plugin and day,
 * however many uses. What could not be told is told later, with the time at which it was.
 */
export class RemoteUses {
  readonly #tell: (uses: readonly CountedUse[]) => Promise<unknown>;
  #waiting = new Map<string, CountedUse>();
  #timer: NodeJS.Timeout | undefined;

  /** @param tell - takes so many, and fails when they did not arrive */
  constructor(tell: (uses: readonly CountedUse[]) => Promise<unknown>) {
    this.#tell = tell;
  }

  add({ id, owner, subject, issuedAt }: VerifiedApiKey, use: ApiKeyUse): void {
    const at = use.at ?? Date.now();
    const what = entryOf(id, use.plugin, at);
    const before = this.#waiting.get(what)?.use.count ?? 0;
    const count = before + (use.count ?? 1);
    // Before it is cut: what is left of a secret would not be known for one any more.
    const userAgent =
      use.userAgent &&
      redactSecrets(use.userAgent).slice(0, USER_AGENT_MAX_LENGTH);
    this.#waiting.set(what, {
      key: { id, owner, subject, issuedAt, endsPredecessor: false },
      use: { ...use, userAgent, count, at },
    });
    this.#schedule();
  }

  /** Tells what is there, as far as it arrives. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const uses = [...this.#waiting.values()];
    this.#waiting = new Map();
    for (let i = 0; i < uses.length; i += USES_PER_CALL) {
      const batch = uses.slice(i, i + USES_PER_CALL);
      try {
        await this.#tell(batch);
      } catch {
        // Logged where it failed.
        batch.forEach(({ key, use }) => this.#putBack(key, use));
      }
    }
  }

  /** What came in since is later. */
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
