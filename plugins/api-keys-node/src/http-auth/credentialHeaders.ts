import type { IncomingMessage } from 'node:http';

/*
 * Without Backstage: services outside of it find keys in the same places.
 */
const BEARER = /^bearer +(\S+)$/i;
const BASIC = /^basic +(\S+)$/i;
/** OAuth clients encode both halves (RFC 6749 §2.3.1), and some encode this too. It is all of a key that can be encoded. */
const ENCODED_UNDERSCORE = /%5f/gi;

/** The tokens of `Authorization: Bearer` (RFC 6750 §2.1). */
export function bearerTokensOf(req: IncomingMessage): string[] {
  return valuesOf(req, 'authorization').flatMap(bearerTokensIn);
}

/** The token in the value of a header, if it holds one. */
export function bearerTokensIn(header: string): string[] {
  return header.match(BEARER)?.slice(1) ?? [];
}

/** User names and passwords of `Authorization: Basic` (RFC 7617). */
export function basicCredentialsOf(req: IncomingMessage): string[] {
  return valuesOf(req, 'authorization').flatMap(basicCredentialsIn);
}

/** User name and password in the value of a header (RFC 7617), if it holds any. */
export function basicCredentialsIn(header: string): string[] {
  const [, encoded] = header.match(BASIC) ?? [];
  return encoded === undefined ? [] : userAndPassword(encoded);
}

/**
 * All headers of a name, in lower case. Of several `Authorization` headers, Node itself keeps the first; its `headersDistinct` keeps
 * all, and takes longer than the rest of what is done here.
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

/** The same key in both halves is one. */
function userAndPassword(encoded: string): string[] {
  const [user, ...password] = Buffer.from(encoded, 'base64')
    .toString()
    .replace(ENCODED_UNDERSCORE, '_')
    .split(':');
  return [...new Set([user, password.join(':')])];
}
