import type { ServerResponse } from 'node:http';
import onHeaders from 'on-headers';

/**
 * Marks an answer that holds, or judges, a secret: no cache keeps it, and nobody can ask whether it is still the same. Express
 * gives every answer an `ETag`, also errors that others send later.
 *
 * @public
 */
export function setNoStore(res: ServerResponse): void {
  res.setHeader('Cache-Control', 'no-store');
  onHeaders(res, () => res.removeHeader('ETag'));
}
