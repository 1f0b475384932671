import type { ServerResponse } from 'node:http';
import onHeaders from 'on-headers';

/**
 * Marks an answer that contains or verifies a secret, so that no cache stores or revalidates it. Express adds an `ETag` to
 * every answer, including errors that other handlers send later.
 *
 * @public
 */
export function setNoStore(res: ServerResponse): void {
  res.setHeader('Cache-Control', 'no-store');
  onHeaders(res, () => res.removeHeader('ETag'));
}
