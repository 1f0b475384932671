import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../../src/Client';
import { Load } from '../../src/Load';
import type { Replica, Replicas } from '../../src/Replicas';
import { AUTHENTICATE } from './requests';
import { print } from './figures';
import { expect, rounds, test } from './fixtures';
import { FlushWatch } from './FlushWatch';
import { KeyUses } from './KeyUses';

const KEYS = 50;
const CONNECTIONS = 4;
/** Limits the request rate while a replica refuses connections. */
const PAUSE_MS = 2;
/**
 * Longest time from the uses in memory to their statement on its way to the database: two backends, a database and
 * their clients may share two cores. Still a fraction of the interval, so that the loss of a second interval shows.
 */
const ON_ITS_WAY_MS = 300;
/** Longer than a flush takes, so that some kills come after its end. */
const LONGEST_FLUSH_MS = 30;
const ROUND_TIMEOUT_MS = 60_000;

test.describe('a replica that is killed while it writes uses', () => {
  const times = rounds(2, 50);
  test.setTimeout(times * ROUND_TIMEOUT_MS);

  test('writes no use partially and loses at most one interval of uses, and both replicas continue', async ({
    replicas,
    client,
  }) => {
    const uses = await KeyUses.prepare(replicas, { keys: KEYS });
    const lost: number[] = [];
    let interrupted = 0;
    for (let round = 0; round < times; round++) {
      const outcome = await killOnce(replicas, uses);
      expect(outcome.torn).toEqual([]);
      expect(outcome.lost).toBeLessThanOrEqual(outcome.sinceLastFlush);
      // A use may be written although its response was lost, but at most one for each connection.
      expect(outcome.lost).toBeGreaterThanOrEqual(-CONNECTIONS);
      lost.push(outcome.lost);
      if (outcome.wasInterrupted) interrupted++;
    }
    for (const replica of replicas.all) {
      const [key] = uses.keys;
      expect(await AUTHENTICATE(client, replica, key.secret)).toMatchObject({
        status: 200,
      });
    }
    const { total } = await uses.written();
    print(`Killed ${times} times while it wrote uses`, [
      `${interrupted} times between the beginning of the transaction and its end`,
      `${total} uses written; lost each time: ${lost.join(', ')}`,
    ]);
  });
});

/** Kills A at a random moment of a flush, and starts it again. */
async function killOnce(
  { a, b }: Replicas,
  uses: KeyUses,
): Promise<{
  lost: number;
  /** Number of requests that A accepted since the flush before the one in which it was killed. */
  sinceLastFlush: number;
  wasInterrupted: boolean;
  torn: string[];
}> {
  const before = uses.accepted - (await uses.written()).total;
  // B may close a connection that was idle while A started, at the moment of its next request.
  const client = new Client();
  const watch = new FlushWatch(a.database);
  const loads = [a, b].map(replica => useAll(replica, client, uses));
  const [toA, toB] = loads;

  // The first request with a key on a replica takes longer.
  await toA.until(({ status }) => status === 200, { times: 2 * KEYS });
  await watch.untilNext();
  const lastFlush = await watch.untilNext();
  await watch.untilNext();
  await sleep(Math.random() * LONGEST_FLUSH_MS);
  const wasInterrupted = watch.isWriting;
  await a.portal.kill();
  await Promise.all(loads.map(load => load.stop()));
  watch.end();
  client.close();
  await a.portal.start();

  expect(toB.attempts.filter(({ status }) => status !== 200)).toEqual([]);
  const { total, torn } = await uses.written();
  return {
    lost: uses.accepted - total - before,
    sinceLastFlush: toA.attempts.filter(
      ({ status, endedAt }) =>
        status === 200 && endedAt > lastFlush - ON_ITS_WAY_MS,
    ).length,
    wasInterrupted,
    torn,
  };
}

/** Uses the keys in turn, so that each flush covers all of them. */
function useAll(replica: Replica, client: Client, { keys }: KeyUses): Load {
  let turn = 0;
  return new Load(
    async () => {
      const key = keys[turn++ % keys.length];
      const attempt = await AUTHENTICATE(client, replica, key.secret);
      if (attempt.status === 200) key.accepted++;
      return attempt;
    },
    { connections: CONNECTIONS, pauseMs: PAUSE_MS },
  );
}
