import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough for a busy machine: only an assertion that never holds waits for it. */
const TIMEOUT_MS = 45_000;
const INTERVAL_MS = 50;

/** Repeats assertions until they hold, or throws the last failure. */
export async function eventually(
  assert: () => Promise<void>,
  timeoutMs = TIMEOUT_MS,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      await assert();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(INTERVAL_MS);
    }
  }
}
