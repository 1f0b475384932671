import type { IncomingMessage } from 'node:http';
import {
  basicCredentialsOf,
  bearerTokensOf,
  valuesOf,
} from '../http-auth/credentialHeaders';
import { isWellFormedSecret } from '../secret/format';

/**
 * What a request carries in the places where a key may be: `Authorization: Bearer`, `X-API-Key`, and `Authorization: Basic` with the
 * key as user name or password. There should be one. Next to a key or a bearer token, another header's text that is no key is
 * somebody else's.
 */
export function presentedSecrets(req: IncomingMessage): string[] {
  const bearers = bearerTokensOf(req);
  const others = [
    ...basicCredentialsOf(req),
    ...valuesOf(req, 'x-api-key').map(value => value.trim()),
  ].filter(Boolean);
  const found = [...bearers, ...others.filter(isWellFormedSecret)];
  return found.length > 0 ? found : others.slice(0, 1);
}
