import type { ServerResponse } from 'node:http';
import onHeaders from 'on-headers';

const EXPOSED = [
  'WWW-Authenticate',
  'Retry-After',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
];
const EXPOSE = 'Access-Control-Expose-Headers';

/**
 * Lets scripts of other origins read why a key is refused, and when to try again, on an answer that `backend.cors` lets them read. Adds
 * to `backend.cors.exposedHeaders`, and opens no answer to an origin that may not read it.
 *
 * @public
 */
export function exposeHeaders(res: ServerResponse): void {
  onHeaders(res, () => {
    if (!res.hasHeader('Access-Control-Allow-Origin')) return;
    const exposed = [res.getHeader(EXPOSE) ?? []]
      .flat()
      .flatMap(names => String(names).split(','))
      .map(name => name.trim());
    const missing = EXPOSED.filter(
      name =>
        res.hasHeader(name) &&
        !exposed.some(one => one.toLowerCase() === name.toLowerCase()),
    );
    if (missing.length > 0) {
      res.setHeader(EXPOSE, [...exposed, ...missing].join(', '));
    }
  });
}
