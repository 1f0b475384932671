import { setTimeout as sleep } from 'node:timers/promises';
import { Replicas, type Replica } from '../../src/Replicas';
import { createKey, tokenOf } from '../api';
import { AUTHENTICATE } from './asking';
import { print, spread } from './figures';
import { expect, rounds, test } from './fixtures';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 20;
/** Longer than a backend needs that the database answers. */
const SILENCE_MS = 12_000;

/** How a plugin says that it has lost the race for the tables. */
const LOST_RACE = /Plugin '([^']+)' threw an error during startup/g;

async function pluginsThatFailed(replica: Replica): Promise<string[]> {
  const log = await replica.portal.log();
  return [...log.matchAll(LOST_RACE)].map(([, plugin]) => plugin);
}

test.describe('two replicas that start together on an empty server', () => {
  const times = rounds(1, 20);
  test.setTimeout(times * 2 * START_TIMEOUT_MS);

  test('both become ready and accept keys; the tables of keys are made without a quarrel', async ({
    postgres,
    client,
  }) => {
    const durations: number[] = [];
    const losers: string[] = [];
    let restarts = 0;
    for (let round = 0; round < times; round++) {
      const replicas = await Replicas.create(postgres.connectionString);
      try {
        const since = performance.now();
        const starts = await Promise.all(
          replicas.all.map(replica => replica.start()),
        );
        durations.push(performance.now() - since);
        restarts += starts[0] + starts[1] - 2;
        for (const replica of replicas.all) {
          losers.push(...(await pluginsThatFailed(replica)));
        }

        const token = await tokenOf(replicas.a.portal, 'ada');
        const { secret } = await createKey(replicas.a.portal, token, {
          name: 'First of all',
        });
        for (const replica of replicas.all) {
          expect(await AUTHENTICATE(client, replica, secret)).toMatchObject({
            status: 200,
          });
        }
      } finally {
        await replicas.remove();
      }
    }
    print('Started together on an empty server', [
      spread(durations),
      `${restarts} of ${2 * times} starts were repeated, because of: ${
        losers.join(', ') || 'nothing'
      }`,
    ]);
    expect(losers).not.toContain('api-keys');
  });
});

test.describe('a replica that starts', () => {
  test('is not ready while the database does not answer, and accepts keys as soon as it is', async ({
    replicas: { a, b },
    client,
  }) => {
    const token = await tokenOf(a.portal, 'ada');
    const { secret } = await createKey(a.portal, token, { name: 'At once' });
    const isReady = async () => {
      const path = '/.backstage/health/v1/readiness';
      const { status } = await client.send(b.url + path);
      return status === 200;
    };
    await b.portal.stop();

    b.database.silence();
    await b.portal.launch();
    const seen: boolean[] = [];
    for (
      const until = performance.now() + SILENCE_MS;
      performance.now() < until;

    ) {
      seen.push(await isReady());
      await sleep(POLL_MS);
    }
    b.database.restore();
    while (!(await isReady())) await sleep(POLL_MS);

    expect(await AUTHENTICATE(client, b, secret)).toMatchObject({
      status: 200,
    });
    expect(seen).not.toContain(true);
    await b.portal.waitUntilReady();
  });
});
