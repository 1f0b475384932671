import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import { redactSecrets } from 'backstage-plugin-api-keys-common';
import { clientAddress } from '../addresses/clientAddress';
import { RequestFacts } from '../authenticator/RequestContext';
import { readRequiredScopes } from './readRequiredScopes';

/** A request that Express has seen, or one for a websocket, which it has not. */
export type HttpRequest = IncomingMessage &
  Partial<Pick<Request, 'app' | 'res' | 'baseUrl' | 'path'>>;

/** Reads the facts of a request to a plugin that the authentication of a key needs. */
export function describeRequest(
  req: HttpRequest,
  pluginId: string,
): RequestFacts {
  const { baseUrl = '', path = pathOf(req), url = '' } = req;
  const fullPath = baseUrl + path;
  const isApiKeys = pluginId === 'api-keys';
  const userAgent = req.headers['user-agent'];
  return {
    ip: clientAddress(req),
    userAgent: userAgent && redactSecrets(userAgent),
    isSelfService: isApiKeys && isSelfRoute(fullPath),
    requiredScopes: isApiKeys
      ? readRequiredScopes({ baseUrl, path, url })
      : undefined,
    // The answer to a request that Express has not seen, for a websocket, cannot be withheld.
    route: req.app && { method: req.method ?? '', path: fullPath },
  };
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?')[0];
}

/** The routes under which a key reads, rotates and revokes itself. */
function isSelfRoute(path: string): boolean {
  return /^\/api\/api-keys\/v1\/self(\/rotate)?$/.test(path);
}
