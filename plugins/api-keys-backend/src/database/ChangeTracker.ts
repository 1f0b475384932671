import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<ChangeTracker>();

/**
 * Knows whether an operation may have changed the database. Transactions report to the tracker of the operation that they are part
 * of, just before their COMMIT is sent and when they end.
 */
export class ChangeTracker {
  #open = 0;
  #committing = 0;
  #mayHaveChanged = false;
  #isClosed = false;
  #progressAt = performance.now();

  /** The tracker of the operation that the caller is part of; none for what runs in the background. */
  static current(): ChangeTracker | undefined {
    return storage.getStore();
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return storage.run(this, work);
  }

  /** Whether a change was made, or is being made, or nobody can tell. */
  get mayHaveChanged(): boolean {
    return this.#mayHaveChanged || this.#committing > 0;
  }

  get isInTransaction(): boolean {
    return this.#open > 0;
  }

  /** When the operation began, or its last transaction began or ended; by `performance.now()`. */
  get progressAt(): number {
    return this.#progressAt;
  }

  /** From now on nothing is committed: whoever waits for the operation is told how it stands. */
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

  /** @param commit - what became of the COMMIT; undefined if none was sent */
  end(commit?: 'done' | 'refused' | 'unknown'): void {
    this.#open -= 1;
    this.#progressAt = performance.now();
    if (!commit) return;
    this.#committing -= 1;
    this.#mayHaveChanged ||= commit !== 'refused';
  }
}
