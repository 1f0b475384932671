import type { IncomingMessage } from 'node:http';

/*
 * Does not import Backstage, since services outside of it read keys from the same headers.
 */
const BEARER = /^bearer +(\S+)$/i;
const BASIC = /^basic +(\S+)$/i;
/**
 * OAuth clients encode both halves (RFC 6749 §2.3.1), and some also encode the underscore, the only character of a key that can
 * be.
 */
const ENCODED_UNDERSCORE = /%5f/gi;

/** Returns the tokens of `Authorization: Bearer` (RFC 6750 §2.1). */
export function bearerTokensOf(req: IncomingMessage): string[] {
  return valuesOf(req, 'authorization').flatMap(bearerTokensIn);
}

/** Returns the bearer token in the value of a header, if it has one. */
export function bearerTokensIn(header: string): string[] {
  return header.match(BEARER)?.slice(1) ?? [];
}

/** Returns the user names and passwords of `Authorization: Basic` (RFC 7617). */
export function basicCredentialsOf(req: IncomingMessage): string[] {
  return valuesOf(req, 'authorization').flatMap(basicCredentialsIn);
}

/** Returns the user name and password in the value of a header (RFC 7617), if it has them. */
export function basicCredentialsIn(header: string): string[] {
  const [, encoded] = header.match(BASIC) ?? [];
  return encoded === undefined ? [] : userAndPassword(encoded);
}

/**
 * Returns the values of all headers with a name, which is in lower case. Node's `headers` keeps only the first of several
 * `Authorization` headers; `headersDistinct` keeps all, but takes longer than everything else here.
 */
export function valuesOf(
  { rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>,
  name: string,
): string[] {
  const values = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const isIt =
      rawHeaders[i].length === name.length &&
      rawHeaders[i].toLowerCase() === name;
    if (isIt) values.push(rawHeaders[i + 1]);
  }
  return values;
}

/** Returns both halves; one if they are equal. */
function userAndPassword(encoded: string): string[] {
  const [user, ...password] = Buffer.from(encoded, 'base64')
    .toString()
    .replace(ENCODED_UNDERSCORE, '_')
    .split(':');
  return [...new Set([user, password.join(':')])];
}
