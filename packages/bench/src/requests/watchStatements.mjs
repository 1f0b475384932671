import { setTimeout as sleep } from 'node:timers/promises';
import { statementsBetween } from '../statements.mjs';
import { KEYS_DATABASE } from './rounds.mjs';

const SECONDS = 10;
const CONNECTIONS = 16;

/**
 * Counts the plugin's statements to its database while a hot key is used at the full rate, and while no request
 * arrives: statements common to both do not come from requests.
 */
export async function watchStatements({ server, load, hot }) {
  const statementsDuring = async during => {
    const before = await server.spent();
    const requests = await during();
    const after = await server.spent();
    const { statements } = after;
    return {
      requests,
      statements: statementsBetween(
        before.statements,
        statements,
        KEYS_DATABASE,
      ),
    };
  };
  const idle = await statementsDuring(() => sleep(SECONDS * 1000));
  const busy = await statementsDuring(async () => {
    const { requests } = await load.run({
      url: `${server.url}${hot.path}`,
      token: hot.token,
      connections: CONNECTIONS,
      seconds: SECONDS,
    });
    return requests;
  });
  return { seconds: SECONDS, connections: CONNECTIONS, idle, busy };
}
