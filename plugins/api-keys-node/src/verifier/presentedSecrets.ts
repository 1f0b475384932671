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

/**
 * Whether a request carries a well-formed secret anywhere in its headers or URL. Where {@link presentedSecrets} finds none, it is in a
 * wrong place or form: without a scheme, in quotes, in another header.
 */
export function carriesSecret({ rawHeaders, url }: IncomingMessage): boolean {
  const values = rawHeaders.filter((_, i) => i % 2 === 1);
  return [...values, url ?? '']
    .flatMap(text => text.split(/\W+/))
    .some(isWellFormedSecret);
}
