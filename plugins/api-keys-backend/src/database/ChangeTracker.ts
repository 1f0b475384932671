import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<ChangeTracker>();

/**
 * Tracks whether an operation may have changed the database. Transactions report to the tracker of their operation just before
 * COMMIT is sent and when they end.
 */
export class ChangeTracker {
  #open = 0;
  #committing = 0;
  #mayHaveChanged = false;
  #isClosed = false;
  #progressAt = performance.now();

  /** The tracker of the caller's operation; undefined for background work. */
  static current(): ChangeTracker | undefined {
    return storage.getStore();
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return storage.run(this, work);
  }

  /** True if a change was committed, is being committed, or may have been. */
  get mayHaveChanged(): boolean {
    return this.#mayHaveChanged || this.#committing > 0;
  }

  get isInTransaction(): boolean {
    return this.#open > 0;
  }

  /** Time of the operation's start, or of the latest start or end of one of its transactions, by `performance.now()`. */
  get progressAt(): number {
    return this.#progressAt;
  }

  /** Prevents commits from now on, so that the state reported to the caller stays true. */
  close(): void {
    this.#isClosed = true;
  }

  begin(): void {
    this.#open += 1;
    this.#progressAt = performance.now();
  }

  /** @throws Error if the operation was given up, so that the transaction is rolled back */
  beforeCommit(): void {
    if (this.#isClosed) {
      throw new Error('The operation was given up before it was committed');
    }
    this.#committing += 1;
  }

  /** @param commit - result of the COMMIT; undefined if none was sent */
  end(commit?: 'done' | 'refused' | 'unknown'): void {
    this.#open -= 1;
    this.#progressAt = performance.now();
    if (!commit) return;
    this.#committing -= 1;
    this.#mayHaveChanged ||= commit !== 'refused';
  }
}
