import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Finds a free port below 32768: the system hands out ports from 32768 upwards for outgoing connections, so one of
 * those could be taken before the caller listens on it.
 *
 * @returns {Promise<number>}
 */
export function freePort() {
  const port = randomInt(10_000, 32_000);
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', error =>
      error.code === 'EADDRINUSE' ? resolve(freePort()) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => {
      server.close(() => resolve(port));
    });
  });
}
