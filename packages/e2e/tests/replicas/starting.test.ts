import { setTimeout as sleep } from 'node:timers/promises';
import { Replicas } from '../../src/Replicas';
import { createKey, tokenOf } from '../api';
import { AUTHENTICATE } from './requests';
import { print, spread } from './figures';
import { expect, rounds, test } from './fixtures';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 20;
/** Longer than a backend waits for the database at start. */
const SILENCE_MS = 12_000;

test.describe('two replicas that start together on an empty server', () => {
  const times = rounds(1, 20);
  test.setTimeout(times * 2 * START_TIMEOUT_MS);

  test('both become ready and accept keys without another start', async ({
    postgres,
    client,
  }) => {
    const durations: number[] = [];
    for (let round = 0; round < times; round++) {
      const replicas = await Replicas.create(postgres.connectionString);
      try {
        const since = performance.now();
        await Promise.all(replicas.all.map(({ portal }) => portal.start()));
        durations.push(performance.now() - since);

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
    print('Started together on an empty server', [spread(durations)]);
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
