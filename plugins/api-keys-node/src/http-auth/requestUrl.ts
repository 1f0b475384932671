import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import { takeUrlSecrets, UrlSecret } from './urlSecrets';

/** Takes the secrets out of the URL of a request, which is what access logs and errors repeat of it. */
export function takeRequestUrlSecrets(
  req: IncomingMessage &
    Partial<Pick<Request, 'app' | 'query' | 'originalUrl'>>,
  secretPrefix: string,
): UrlSecret[] {
  const original = req.originalUrl ?? req.url ?? '';
  const { url, secrets } = takeUrlSecrets(original, secretPrefix);
  if (secrets.length === 0) return secrets;
  // A router has cut its own path off, and puts it back by length.
  req.url = takeUrlSecrets(req.url ?? '', secretPrefix).url;
  if (req.originalUrl !== undefined) req.originalUrl = url;
  if (req.query) {
    const [, query = ''] = url.split(/\?(.*)/s);
    req.query = req.app?.get('query parser fn')(query) ?? {};
  }
  return secrets;
}
