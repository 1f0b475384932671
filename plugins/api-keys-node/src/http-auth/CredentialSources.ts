import { Config } from '@backstage/config';
import { invalidConfigValue } from '../config/invalidValue';

/**
 * Where in a request a key is accepted.
 *
 * @public
 */
export type CredentialSources = {
  /** `Authorization: Bearer` (RFC 6750 §2.1). */
  bearer: boolean;
  /** The name of a header, in lower case. */
  header?: string;
  /** `Authorization: Basic` (RFC 7617), with the key as password, or as user name with any password. */
  basic: boolean;
  /** The query parameter `api_key`. URLs end up in logs, histories and `Referer` headers. */
  query: boolean;
};

const HEADER_NAME = /^[a-z0-9][a-z0-9-]*$/i;
const TAKEN_HEADERS = ['authorization', 'cookie', 'host'];

/**
 * Reads `apiKeys.accept`.
 *
 * @throws Error naming the key, the value and what is allowed
 * @public
 */
export function readCredentialSources(config: Config): CredentialSources {
  const is = (place: string, fallback: boolean) =>
    config.getOptionalBoolean(`apiKeys.accept.${place}`) ?? fallback;
  return {
    bearer: is('bearer', true),
    header: readHeader(config),
    basic: is('basic', true),
    query: is('query', false),
  };
}

function readHeader(config: Config): string | undefined {
  const key = 'apiKeys.accept.header';
  const header = config.getOptional(key) ?? 'X-API-Key';
  if (header === false) return undefined;
  if (
    typeof header !== 'string' ||
    !HEADER_NAME.test(header) ||
    TAKEN_HEADERS.includes(header.toLowerCase())
  ) {
    throw invalidConfigValue(key, header, 'the name of a header, or false');
  }
  return header.toLowerCase();
}
