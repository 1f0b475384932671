type Call<V> = { value: Promise<V>; startedAt: number };

/**
 * Result of a call.
 *
 * @public
 */
export type FlightResult<V> = {
  value: V;
  /** When the call began, by `performance.now()`: the value may be as old as that. */
  startedAt: number;
  /** False if the call was forgotten, or a later one for the same key has begun. */
  isLatest: boolean;
};

/**
 * Makes one call for all who want the same value at the same time. A call that fails rejects for all of them and is not remembered.
 *
 * Unlike `fetch` of `lru-cache`, it joins no call that is older than `maxAgeMs`, whose answer may be too old for a new caller, and
 * calls take up no room in a cache, so that calls for unknown keys evict nothing.
 *
 * @public
 */
export class SingleFlight<V> {
  readonly #maxAgeMs: number;
  #calls = new Map<string, Call<V>>();

  /** @param options - a call is joined while it is younger than `maxAgeMs` */
  constructor(options: { maxAgeMs: number }) {
    this.#maxAgeMs = options.maxAgeMs;
  }

  /** @param onResult - called once for each call that succeeds, before any of the waiting callers goes on */
  async run(
    key: string,
    call: () => Promise<V>,
    onResult: (result: FlightResult<V>) => void,
  ): Promise<V> {
    const startedAt = performance.now();
    const underWay = this.#calls.get(key);
    if (underWay && startedAt - underWay.startedAt < this.#maxAgeMs) {
      return underWay.value;
    }
    const started: Call<V> = { value: call(), startedAt };
    this.#calls.set(key, started);
    const isLatest = () => this.#calls.get(key) === started;
    try {
      const value = await started.value;
      onResult({ value, startedAt, isLatest: isLatest() });
      return value;
    } finally {
      if (isLatest()) this.#calls.delete(key);
    }
  }

  /** Stops sharing pending calls, whose results reflect a state that has changed since. */
  forget(): void {
    this.#calls = new Map();
  }
}
