import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A port of this machine that nobody listens on right now, nor will before the caller does: systems give ports from 32768 upwards to every
 * connection that is made.
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
