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
 * Options of {@link createApiKeyVerifier}.
 *
 * @public
 */
export type PortalVerifierOptions = {
  /** URL of the endpoint, such as `https://backstage.example.com/api/api-keys/v1/introspect`. */
  introspectionUrl: string | URL;
  /**
   * An API key or token with the permission `api-keys.introspect`, sent as `Authorization: Bearer`. A function is called for
   * every request, so that the credential can be rotated.
   */
  credential: PortalCredential;
  /**
   * Milliseconds for which an answer is cached. A revoked key is refused after this time plus the portal's own delay. 5000 if
   * left out; 0 disables the cache.
   */
  maxStaleness?: number;
  /** Milliseconds to wait for an answer; 3000 if left out. */
  timeout?: number;
  /** Maximum number of cached answers for accepted keys, and the same number for others; 10,000 if left out. */
  maxEntries?: number;
  /** Allows sending secrets over plain HTTP to another machine. */
  allowInsecure?: boolean;
  /** Replaces the global `fetch`. */
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
    // The cache must not contain usable secrets.
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
 * Creates a verifier for a service outside of the portal, which verifies presented API keys by introspection (RFC 7662).
 *
 * Caches answers for `maxStaleness`, but never beyond the key's expiry, and never caches failures. Sends one request at a time
 * for a key. Refuses text that is no secret of an API key without a request.
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
 * @throws Error for an invalid option
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
    // Looked up on each call, since tests and tracing replace it.
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
