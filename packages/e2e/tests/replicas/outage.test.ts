import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt } from '../../src/Client';
import { Load } from '../../src/Load';
import type { Replica } from '../../src/Replicas';
import { createKey, tokenOf } from '../api';
import { AUTHENTICATE } from './requests';
import { outcomeOf, print, timeline } from './figures';
import { expect, test } from './fixtures';

/** The default of `apiKeys.verification.maxStaleness`. */
const MAX_STALENESS_MS = 1000;
const BEFORE_MS = 2000;
const OUTAGE_MS = 6000;
/** Long enough for a second attempt after a request without a response. */
const SILENCE_MS = 11_000;
const AFTER_MS = 2000;
/** Deadline, after the database is back, for every key to be accepted again. */
const RECOVERY_MS = 4000;
/** Deadline for the response that the database is unavailable. */
const ANSWER_WITHIN_MS = 5000;
const PAUSE_MS = 10;

/** Starts and ends an outage of the database. */
type Outage = {
  begin: () => void;
  end: () => Promise<void> | void;
  lastsMs?: number;
};

test.describe('while the database is away', () => {
  let secret: string;

  test.beforeEach(async ({ replicas: { a } }) => {
    const token = await tokenOf(a.portal, 'ada');
    ({ secret } = await createKey(a.portal, token, { name: 'Hot' }));
  });

  async function outlive(
    title: string,
    replicas: Replica[],
    client: Parameters<typeof AUTHENTICATE>[0],
    { begin, end, lastsMs = OUTAGE_MS }: Outage,
  ): Promise<void> {
    const since = performance.now();
    const loads = replicas.map(
      replica =>
        new Load(() => AUTHENTICATE(client, replica, secret), {
          connections: 4,
          pauseMs: PAUSE_MS,
        }),
    );
    await sleep(BEFORE_MS);
    const goneAt = performance.now();
    begin();
    await sleep(lastsMs);
    const backAt = performance.now();
    await end();
    await sleep(RECOVERY_MS + AFTER_MS);
    const all = await Promise.all(loads.map(load => load.stop()));

    const second = (at: number) => ((at - since) / 1000).toFixed(1);
    print(
      `${title}: gone at ${second(goneAt)} s, back at ${second(backAt)} s`,
      [
        ...all.flatMap((attempts, index) => [
          `Replica ${replicas[index].name}`,
          ...timeline(attempts, since),
        ]),
      ],
    );
    for (const attempts of all) {
      expectNoBadAnswer(attempts, { goneAt, backAt });
    }
    for (const { portal } of replicas) expect(portal.isRunning).toBe(true);
  }

  test('every replica answers 503 within a second until the database is restarted', async ({
    replicas,
    postgres,
    client,
  }) => {
    test.skip(!postgres.halt, 'This PostgreSQL is not ours to stop.');
    await outlive(
      'PostgreSQL stopped and started again',
      replicas.all,
      client,
      {
        begin: () => postgres.halt!(),
        end: () => postgres.resume!(),
      },
    );
  });

  test('a replica that is cut off answers 503, and the other one continues', async ({
    replicas: { a, b },
    client,
  }) => {
    const other = new Load(() => AUTHENTICATE(client, a, secret), {
      pauseMs: PAUSE_MS,
    });
    await outlive('One replica cut off', [b], client, {
      begin: () => b.database.cut(),
      end: () => b.database.restore(),
    });
    const undisturbed = await other.stop();
    expect(new Set(undisturbed.map(outcomeOf))).toEqual(new Set(['200']));
  });

  test('a replica whose database does not respond answers 503 without a long wait', async ({
    replicas: { b },
    client,
  }) => {
    await outlive('One replica without an answer', [b], client, {
      begin: () => b.database.silence(),
      end: () => b.database.restore(),
      lastsMs: SILENCE_MS,
    });
  });
});

function expectNoBadAnswer(
  attempts: readonly Attempt[],
  { goneAt, backAt }: { goneAt: number; backAt: number },
) {
  const outcomes = (of: readonly Attempt[]) => [...new Set(of.map(outcomeOf))];
  expect(outcomes(attempts).sort()).toEqual(['200', '503']);
  for (const { status, retryAfter } of attempts) {
    if (status === 503) expect(retryAfter).toMatch(/^[1-9]\d*$/);
  }
  const sentIn = (from: number, to: number) =>
    attempts.filter(({ sentAt }) => sentAt > from && sentAt < to);
  const answeredBefore = attempts.filter(({ endedAt }) => endedAt < goneAt);
  expect(outcomes(answeredBefore)).toEqual(['200']);
  // A request that is still waiting when the database returns may succeed.
  const answeredWhileAway = sentIn(goneAt + MAX_STALENESS_MS, backAt).filter(
    ({ endedAt }) => endedAt < backAt,
  );
  expect(outcomes(answeredWhileAway)).toEqual(['503']);
  expect(outcomes(sentIn(backAt + RECOVERY_MS, Infinity))).toEqual(['200']);
  const longest = Math.max(...attempts.map(each => each.endedAt - each.sentAt));
  expect(longest).toBeLessThan(ANSWER_WITHIN_MS);
}
