import {
  containsSecret,
  redactSecrets,
} from 'backstage-plugin-api-keys-common';
import { looksLikeSecret } from '../secret';

/** The query parameter in which keys may be accepted. */
const KEY_PARAMETER = 'api_key';

/** A secret that was found in a URL. */
export type UrlSecret = {
  value: string;
  /** The name of the query parameter; undefined for the path. */
  parameter?: string;
  /** True if it is in the parameter for keys. */
  isCredential: boolean;
};

/**
 * Finds the secrets in a URL and returns the URL without them: removes query parameters that contain one, and replaces secrets
 * in the path with `[redacted]`.
 */
export function takeUrlSecrets(
  url: string,
  secretPrefix: string,
): { url: string; secrets: UrlSecret[] } {
  const queryStart = url.indexOf('?');
  const path = queryStart < 0 ? url : url.slice(0, queryStart);
  const query = queryStart < 0 ? '' : url.slice(queryStart + 1);
  const secrets: UrlSecret[] = [];
  const keptPath = redactSecrets(path);
  if (keptPath !== path) secrets.push({ value: path, isCredential: false });
  const keptParts = query.split('&').filter(part => {
    const secret = secretIn(part, secretPrefix);
    if (secret) secrets.push(secret);
    return !secret;
  });
  if (secrets.length === 0) return { url, secrets };
  const keptQuery = keptParts.join('&');
  return { url: keptQuery ? `${keptPath}?${keptQuery}` : keptPath, secrets };
}

function secretIn(part: string, secretPrefix: string): UrlSecret | undefined {
  // The name of the parameter and every secret contain an underscore.
  if (!/_|%5f/i.test(part)) return undefined;
  const [[parameter, value] = ['', '']] = new URLSearchParams(part);
  // `api_key[]=` is another spelling of it.
  const isCredential =
    parameter === KEY_PARAMETER || parameter.startsWith(`${KEY_PARAMETER}[`);
  const isSecret =
    (isCredential && looksLikeSecret(value, secretPrefix)) ||
    containsSecret(part);
  return isSecret ? { value, parameter, isCredential } : undefined;
}
