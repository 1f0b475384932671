import type { IncomingMessage } from 'node:http';
import {
  containsSecret,
  redactSecrets,
} from 'backstage-plugin-api-keys-common';
import { looksLikeSecret } from '../secret';
import { basicCredentialsIn } from './credentialHeaders';

/** Headers that are removed as a whole if they contain a key. */
const CREDENTIAL_HEADERS = [
  'authorization',
  'proxy-authorization',
  'sec-websocket-protocol',
  'x-api-key',
];

/** Headers of which Node keeps only the first; it joins the values of others. */
const SINGLE_HEADERS = [
  'authorization',
  'proxy-authorization',
  'referer',
  'user-agent',
];

/** Removes the secrets from all headers of a request, in every property through which Node exposes them. */
export function takeHeaderSecrets(
  req: IncomingMessage,
  options: { secretPrefix: string; keyHeader?: string },
): void {
  const { rawHeaders } = req;
  const changed = new Set<string>();
  const kept: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name, value] = [rawHeaders[i], rawHeaders[i + 1]];
    const remaining = withoutSecrets(name.toLowerCase(), value, options);
    if (remaining !== value) changed.add(name.toLowerCase());
    if (remaining !== undefined) kept.push(name, remaining);
  }
  if (changed.size === 0) return;
  setRawHeaders(req, kept, changed);
}

/**
 * Removes all headers with a name.
 *
 * @param name - in lower case
 */
export function removeHeader(req: IncomingMessage, name: string): void {
  if (req.headers[name] === undefined) return;
  const kept = req.rawHeaders.filter(
    (_, i, all) => all[i - (i % 2)].toLowerCase() !== name,
  );
  setRawHeaders(req, kept, new Set([name]));
}

/** Sets a header, replacing all headers with that name. */
export function setHeader(
  req: IncomingMessage,
  name: string,
  value: string,
): void {
  const lowerCase = name.toLowerCase();
  removeHeader(req, lowerCase);
  req.rawHeaders.push(name, value);
  req.headers[lowerCase] = value;
  req.headersDistinct[lowerCase] = [value];
}

/** Returns undefined for a header that is removed as a whole. */
function withoutSecrets(
  name: string,
  value: string,
  { secretPrefix, keyHeader }: { secretPrefix: string; keyHeader?: string },
): string | undefined {
  if (name === keyHeader || CREDENTIAL_HEADERS.includes(name)) {
    return holdsKey(value, secretPrefix) ? undefined : value;
  }
  return redactSecrets(value);
}

function holdsKey(value: string, secretPrefix: string): boolean {
  return (
    containsSecret(value) ||
    [...value.split(/[\s,]+/), ...basicCredentialsIn(value)].some(part =>
      looksLikeSecret(part, secretPrefix),
    )
  );
}

/** Replaces the raw headers and the caches that Node derives from them on first access: `headers` and `headersDistinct`. */
function setRawHeaders(
  req: IncomingMessage,
  rawHeaders: string[],
  changed: ReadonlySet<string>,
) {
  const { headers, headersDistinct } = req;
  req.rawHeaders = rawHeaders;
  for (const name of changed) {
    const values = rawHeaders.filter(
      (_, i) => i % 2 === 1 && rawHeaders[i - 1].toLowerCase() === name,
    );
    if (values.length > 0) {
      headers[name] = joined(name, values);
      headersDistinct[name] = values;
    } else {
      delete headers[name];
      delete headersDistinct[name];
    }
  }
}

function joined(name: string, values: string[]): string {
  if (SINGLE_HEADERS.includes(name)) return values[0];
  return values.join(name === 'cookie' ? '; ' : ', ');
}
