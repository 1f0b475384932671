import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { totalOf } from '../statements.mjs';

const LOAD = fileURLToPath(new URL('./load.mjs', import.meta.url));
/** Suffix of the databases of the measured plugin. */
export const KEYS_DATABASE = 'api-keys';

/** Process that sends requests. */
export class Load {
  #process = fork(LOAD);

  async run(request) {
    this.#process.send(request);
    const [result] = await once(this.#process, 'message');
    if (result.failed > 0) {
      throw new Error(`${result.failed} requests to ${request.url} failed`);
    }
    return result;
  }

  stop() {
    this.#process.kill();
  }
}

/**
 * Measures each case once a round, one after the other, so that other load on the machine affects all of them.
 *
 * @returns the measurements of each case, in the order of the rounds
 */
export async function measureRounds({ server, load, cases, rounds, ...how }) {
  const measured = cases.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < cases.length; i++) {
      // Rotates the order, so that each case comes first in some round.
      const at = (round + i) % cases.length;
      measured[at].push(await measure({ server, load, ...cases[at], ...how }));
    }
  }
  return measured;
}

async function measure({ server, load, path, token, connections, seconds }) {
  const before = await server.spent();
  const result = await load.run({
    url: `${server.url}${path}`,
    token,
    connections,
    seconds,
  });
  const after = await server.spent();
  const statements = suffix =>
    totalOf(after.statements, suffix) - totalOf(before.statements, suffix);
  return {
    ...result,
    rate: result.requests / result.seconds,
    cpu: (after.cpu - before.cpu) / result.requests,
    keyStatements: statements(KEYS_DATABASE),
    allStatements: statements(''),
  };
}
