import { Config } from '@backstage/config';
import { API_KEY_EVENT_TYPES } from 'backstage-plugin-api-keys-common';
import { invalidConfigValue } from 'backstage-plugin-api-keys-node/internal';

/** A URL that events are posted to. */
export type WebhookConfig = {
  url: URL;
  /** Secret that signs the requests. */
  key: Buffer;
  /** Defaults to all. */
  eventTypes?: readonly string[];
};

const KNOWN_KEYS = ['url', 'secret', 'allowedHosts', 'eventTypes'];
const SECRET_PREFIX = 'whsec_';
/** The minimum of Standard Webhooks. */
const KEY_LENGTH_MIN = 24;
const KEY_LENGTH_MAX = 64;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Reads `apiKeys.webhooks`.
 *
 * @throws Error naming the key, the value unless it may hold a secret, and what is allowed
 */
export function readWebhooks(config: Config): WebhookConfig[] {
  const webhooks = config.getOptionalConfigArray('apiKeys.webhooks') ?? [];
  const read = webhooks.map((webhook, index) =>
    readWebhook(webhook, `apiKeys.webhooks[${index}]`),
  );
  read.forEach(({ url }, index) => {
    const first = read.findIndex(other => other.url.href === url.href);
    if (first === index) return;
    throw new Error(
      `Invalid config: apiKeys.webhooks[${index}].url is that of apiKeys.webhooks[${first}], and must be another one`,
    );
  });
  return read;
}

function readWebhook(config: Config, path: string): WebhookConfig {
  const unknown = config.keys().find(key => !KNOWN_KEYS.includes(key));
  if (unknown !== undefined) {
    throw new Error(
      `Invalid config: there is no ${path}.${unknown}; ${path} may hold ${KNOWN_KEYS.join(
        ', ',
      )}`,
    );
  }
  return {
    url: readUrl(config, path),
    key: readKey(config, path),
    eventTypes: readEventTypes(config, path),
  };
}

/** A URL may contain a token, so errors name only its host. */
function readUrl(config: Config, path: string): URL {
  const url = URL.parse(config.getString('url'));
  const isSafe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (!url || !isSafe || url.username || url.password) {
    throw new Error(
      `Invalid config: ${path}.url must be an https URL without a user name or a password (http is for this machine alone)`,
    );
  }
  const allowedHosts = config.getOptionalStringArray('allowedHosts') ?? [];
  if (!allowedHosts.includes(url.host)) {
    throw invalidConfigValue(
      `${path}.allowedHosts`,
      allowedHosts,
      `a list of hosts with that of the URL, ${url.host}`,
    );
  }
  return url;
}

function readKey(config: Config, path: string): Buffer {
  const secret = config.getString('secret');
  const encoded = secret.startsWith(SECRET_PREFIX)
    ? secret.slice(SECRET_PREFIX.length)
    : '';
  const key = Buffer.from(encoded, 'base64');
  const isValid =
    BASE64.test(encoded) &&
    key.length >= KEY_LENGTH_MIN &&
    key.length <= KEY_LENGTH_MAX;
  if (!isValid) {
    throw new Error(
      `Invalid config: ${path}.secret must be ${SECRET_PREFIX} and ${KEY_LENGTH_MIN} to ${KEY_LENGTH_MAX} random bytes in base64`,
    );
  }
  return key;
}

function readEventTypes(config: Config, path: string) {
  const types = config.getOptionalStringArray('eventTypes');
  types?.forEach((type, index) => {
    if (API_KEY_EVENT_TYPES.some(known => known === type)) return;
    throw invalidConfigValue(
      `${path}.eventTypes[${index}]`,
      type,
      `one of ${API_KEY_EVENT_TYPES.join(', ')}`,
    );
  });
  return types;
}
