import { Config } from '@backstage/config';
import { invalidConfigValue } from 'backstage-plugin-api-keys-node/internal';

/** Senders that may report leaked keys, and the action on a leak. */
export type LeaksConfig = {
  action: 'revoke' | 'report';
  /** GitHub's secret scanning, and the URL of its public keys. */
  github?: { url: string; token?: string };
  /** Secrets with which the company's own scanners sign. */
  secrets: string[];
};

const ACTIONS = ['revoke', 'report'] as const;
const GITHUB_KEYS = 'https://api.github.com/meta/public_keys/secret_scanning';
/** As long as the digest: a shorter one would be the weakest part. */
const SECRET_MIN_LENGTH = 32;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Reads `apiKeys.leaks`.
 *
 * @returns undefined if leaks cannot be reported
 * @throws Error naming the key, the value unless it is a secret, and what is allowed
 */
export function readLeaks(config: Config): LeaksConfig | undefined {
  const action = readAction(config);
  const github = readGitHub(config);
  const secrets = readSecrets(config);
  if (!github && secrets.length === 0) return undefined;
  return { action, github, secrets };
}

function readAction(config: Config): LeaksConfig['action'] {
  const key = 'apiKeys.leaks.action';
  const value = config.getOptional(key) ?? 'revoke';
  const action = ACTIONS.find(one => one === value);
  if (!action) throw invalidConfigValue(key, value, ACTIONS.join(' or '));
  return action;
}

function readGitHub(config: Config): LeaksConfig['github'] {
  const key = 'apiKeys.leaks.github';
  const isEnabled = config.getOptionalBoolean(`${key}.enabled`) ?? false;
  const url = config.getOptionalString(`${key}.keysUrl`) ?? GITHUB_KEYS;
  requireSafe(`${key}.keysUrl`, url);
  const token = config.getOptionalString(`${key}.token`);
  return isEnabled ? { url, token } : undefined;
}

/** Requires HTTPS: an attacker who can replace the public keys in transit can sign. */
function requireSafe(key: string, value: string) {
  const url = URL.parse(value);
  if (url?.username || url?.password) {
    // The value itself is a secret.
    throw new Error(
      `Invalid config: ${key} has a user name or a password, and must be a URL without`,
    );
  }
  const isSafe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (!isSafe) throw invalidConfigValue(key, value, 'an https URL');
}

function readSecrets(config: Config): string[] {
  const key = 'apiKeys.leaks.generic.secrets';
  if (!config.has('apiKeys.leaks.generic')) return [];
  const secrets = config.getOptionalStringArray(key) ?? [];
  if (secrets.length === 0) {
    throw invalidConfigValue(key, secrets, 'a list of at least one secret');
  }
  secrets.forEach((secret, index) => {
    if (secret.length >= SECRET_MIN_LENGTH) return;
    throw new Error(
      `Invalid config: ${key}[${index}] has ${secret.length} characters, and must have at least ${SECRET_MIN_LENGTH}`,
    );
  });
  return secrets;
}
