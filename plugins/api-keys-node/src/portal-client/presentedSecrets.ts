import type { IncomingMessage } from 'node:http';
import {
  basicCredentialsOf,
  bearerTokensOf,
  valuesOf,
} from '../http-auth/credentialHeaders';
import { isWellFormedSecret } from '../secret/format';

/**
 * Returns the credentials of a request from the headers that may contain a key: `Authorization: Bearer`, `X-API-Key`, and
 * `Authorization: Basic` with the key as user name or password. A valid request has one. Next to a key or a bearer token,
 * ignores text in other headers that is no key, since it is for another system.
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

/**
 * Returns true if the headers or the URL of a request contain a well-formed secret. If {@link presentedSecrets} finds none, the
 * secret is in a wrong place or format: without a scheme, in quotes, or in another header.
 */
export function carriesSecret({ rawHeaders, url }: IncomingMessage): boolean {
  const values = rawHeaders.filter((_, i) => i % 2 === 1);
  return [...values, url ?? '']
    .flatMap(text => text.split(/\W+/))
    .some(isWellFormedSecret);
}
