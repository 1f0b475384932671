import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Attempt } from '../../src/Client';
import { Load } from '../../src/Load';
import type { Replica } from '../../src/Replicas';
import { AUTHENTICATE } from './requests';
import { countOutcomes, print } from './figures';
import { expect, rounds, test } from './fixtures';
import { KeyUses } from './KeyUses';

const KEYS = 10;
const CONNECTIONS = 8;
const BEFORE_MS = 1500;
const AFTER_MS = 500;

const isAnswer = ({ status }: Attempt) =>
  status !== undefined && status !== 503;

const isGood = ({ status }: Attempt) => status === 200;

/**
 * Acts as a load balancer: sends requests to all replicas, and drops a replica once it does not answer, or answers
 * that it is stopping.
 */
class Balancer {
  readonly #client: Client;
  readonly #replicas: Set<Replica>;
  #turn = 0;

  constructor(client: Client, replicas: readonly Replica[]) {
    this.#client = client;
    this.#replicas = new Set(replicas);
  }

  /** @returns every attempt; the last one is the response */
  async send(secret: string): Promise<Attempt[]> {
    const attempts: Attempt[] = [];
    for (;;) {
      const standing = [...this.#replicas];
      const replica = standing[this.#turn++ % standing.length];
      const attempt = await AUTHENTICATE(this.#client, replica, secret);
      attempts.push(attempt);
      if (isAnswer(attempt) || this.#replicas.size === 1) return attempts;
      this.#replicas.delete(replica);
    }
  }
}

test.describe('a replica that is stopped while it is used', () => {
  const times = rounds(2, 10);
  test.setTimeout(times * 60_000);

  test('completes every request that it has accepted, and writes every use', async ({
    replicas,
    client,
  }) => {
    const { a, b } = replicas;
    const figures: string[] = [];
    for (let round = 0; round < times; round++) {
      const uses = await KeyUses.prepare(replicas, { keys: KEYS });
      const balancer = new Balancer(client, [a, b]);
      const load = new Load(
        async () => {
          const key = uses.any();
          const attempts = await balancer.send(key.secret);
          key.accepted += attempts.filter(isGood).length;
          return attempts;
        },
        { connections: CONNECTIONS },
      );
      await sleep(BEFORE_MS + Math.random() * 1000);
      const stoppedAt = performance.now();
      await a.portal.stop();
      const took = Math.round(performance.now() - stoppedAt);
      await sleep(AFTER_MS);
      const attempts = await load.stop();

      const toA = attempts.filter(({ url }) => url.startsWith(a.url));
      const toB = attempts.filter(({ url }) => url.startsWith(b.url));
      const counted = await uses.settled();
      figures.push(
        `A: ${countOutcomes(toA)}; B: ${countOutcomes(
          toB,
        )}; A ended after ${took} ms`,
        `${
          attempts.filter(isGood).length
        } requests accepted, ${counted} uses written`,
      );
      expect(countOutcomes(toB)).toBe(`200 × ${toB.length}`);
      // Later requests get a 503, or no connection.
      const cutOff = toA.filter(
        ({ error, reused }) =>
          error !== undefined && error !== 'ECONNREFUSED' && !reused,
      );
      expect(cutOff).toEqual([]);
      expect(counted).toBe(uses.accepted);
      await a.portal.start();
    }
    print('Stopped while it was used', figures);
  });
});
