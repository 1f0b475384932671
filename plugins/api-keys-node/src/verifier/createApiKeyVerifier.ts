import { hash } from 'node:crypto';
import { parseAddress } from '../addresses/parseAddress';
import { isWellFormedSecret } from '../secret/format';
import { Introspection, PortalCredential } from './Introspection';
import { readIntrospectionUrl } from './introspectionUrl';
import { IntrospectionCache } from './IntrospectionCache';
import { hasRequiredScopes } from './hasRequiredScopes';
import { PortalAnswer, PortalQuestion, PortalVerifier } from './types';

const MAX_STALENESS = 5000;
const TIMEOUT = 3000;
const ENTRIES_MAX = 10_000;

/**
 * How to ask the portal about keys.
 *
 * @public
 */
export type PortalVerifierOptions = {
  /** Such as `https://backstage.example.com/api/api-keys/v1/introspect`. */
  introspectionUrl: string | URL;
  /**
   * An API key or token of somebody with the permission `api-keys.introspect`, sent as `Authorization: Bearer`. A function is called
   * for every question, so that what it gives can be rotated.
   */
  credential: PortalCredential;
  /**
   * For how many milliseconds an answer may be used: a key that was revoked is refused after these, and what the portal itself
   * takes to know of it. 5000 if left out; 0 asks every time.
   */
  maxStaleness?: number;
  /** For how many milliseconds to wait for an answer; 3000 if left out. */
  timeout?: number;
  /** How many answers to keep of accepted keys, and as many of others; 10,000 if left out. */
  maxEntries?: number;
  /** Whether secrets may be sent over plain HTTP to another machine. */
  allowInsecure?: boolean;
  /** In the place of the global `fetch`. */
  fetch?: typeof fetch;
};

class KeepingVerifier implements PortalVerifier {
  readonly #introspection: Introspection;
  readonly #answers: IntrospectionCache;

  constructor(introspection: Introspection, answers: IntrospectionCache) {
    this.#introspection = introspection;
    this.#answers = answers;
  }

  async verify(
    secret: string,
    { clientIp, scopes }: PortalQuestion = {},
  ): Promise<PortalAnswer> {
    if (!isWellFormedSecret(secret)) return { active: false };
    const form = new URLSearchParams({ token: secret });
    const address = parseAddress(clientIp);
    if (address) form.set('client_ip', address);
    // Nothing that is kept can be used as a key.
    const digest = hash('sha256', form.toString(), 'base64');
    const answer = await this.#answers.get(digest, () =>
      this.#introspection.ask(form),
    );
    if (!answer.active || !scopes || hasRequiredScopes(answer.key, scopes))
      return answer;
    return { active: false };
  }
}

/**
 * Makes what asks a portal about the API keys that are presented to a service outside of it, by introspection (RFC 7662).
 *
 * Answers are kept for `maxStaleness` and never beyond the key's expiry, failures never. One question at a time is asked about a
 * key. Text that is no secret of an API key is refused without asking.
 *
 * @example
 * ```ts
 * const verifier = createApiKeyVerifier({
 *   introspectionUrl: 'https://backstage.example.com/api/api-keys/v1/introspect',
 *   credential: process.env.BACKSTAGE_TOKEN!,
 * });
 * const answer = await verifier.verify(secret, { clientIp });
 * if (answer.active) console.log(answer.key.subject);
 * ```
 * @throws Error for an option that is wrong
 * @public
 */
export function createApiKeyVerifier(
  options: PortalVerifierOptions,
): PortalVerifier {
  if (!options.credential) {
    throw new Error(
      'credential is missing, and must be an API key or token of this service, or a function that gives one',
    );
  }
  const introspection = new Introspection({
    url: readIntrospectionUrl(options),
    credential: options.credential,
    timeout: numberOf('timeout', options.timeout ?? TIMEOUT, 1),
    // Looked up when it is called: tests and tracing replace it.
    fetch: options.fetch ?? ((...args) => fetch(...args)),
  });
  const answers = new IntrospectionCache({
    maxStaleness: numberOf(
      'maxStaleness',
      options.maxStaleness ?? MAX_STALENESS,
      0,
    ),
    maxEntries: numberOf('maxEntries', options.maxEntries ?? ENTRIES_MAX, 1),
  });
  return new KeepingVerifier(introspection, answers);
}

function numberOf(name: string, value: number, min: number): number {
  if (Number.isInteger(value) && value >= min) return value;
  throw new Error(
    `${name} is ${value}, and must be a whole number from ${min}`,
  );
}
