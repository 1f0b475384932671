import { createHmac, KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { IncomingHttpHeaders } from 'node:http';
import { LoggerService } from '@backstage/backend-plugin-api';
import { AuthenticationError, InputError } from '@backstage/errors';
import { LeaksConfig } from '../config';
import { LeakReporter } from '../lifecycle/LeakReport';
import { GitHubKeys } from './GitHubKeys';

const HMAC = /^sha256=([0-9a-f]{64})$/i;

/** One message for all failures, which gives a guessing client no hints. */
const REFUSED = 'The request is not signed by a sender that this portal knows';

/**
 * Authenticates the sender of a leak report. The signature covers the body, byte for byte as received, so that unsigned bodies
 * are not even parsed.
 *
 * The signature covers neither a time nor a nonce. A replayed report gets the earlier response and changes nothing: the key has
 * ended, or the leak is already recorded.
 */
export class LeakReporters {
  readonly #github: GitHubKeys | undefined;
  readonly #secrets: readonly string[];

  constructor(options: { config: LeaksConfig; logger: LoggerService }) {
    const { github, secrets } = options.config;
    this.#github =
      github && new GitHubKeys({ ...github, logger: options.logger });
    this.#secrets = secrets;
  }

  /**
   * @throws AuthenticationError for a missing or invalid signature
   * @throws InputError for a request with two kinds of signatures: no sender does that, and it is undefined which one counts
   * @throws ServiceUnavailableError if the signature cannot be checked
   */
  async whoSigned(
    headers: IncomingHttpHeaders,
    body: Buffer,
  ): Promise<LeakReporter> {
    const identifier = textOf(headers['github-public-key-identifier']);
    const signature = textOf(headers['github-public-key-signature']);
    const hmac = textOf(headers['x-hub-signature-256']);
    const isGitHubs = identifier !== '' || signature !== '';
    if (isGitHubs && hmac !== '') {
      throw new InputError(
        'The request must be signed once: either Github-Public-Key-Signature or X-Hub-Signature-256',
      );
    }
    if (hmac !== '' && this.#isSharedSecretOf(hmac, body)) return 'generic';
    if (this.#github && identifier && signature) {
      const key = await this.#github.find(identifier);
      if (key && isSignature(key, signature, body)) return 'github';
    }
    throw new AuthenticationError(REFUSED);
  }

  #isSharedSecretOf(hmac: string, body: Buffer): boolean {
    const [, hex] = HMAC.exec(hmac) ?? [];
    if (!hex) return false;
    const told = Buffer.from(hex, 'hex');
    return this.#secrets.some(secret =>
      timingSafeEqual(createHmac('sha256', secret).update(body).digest(), told),
    );
  }
}

/** Verifies ECDSA with P-256 and SHA-256, as DER in base64. A malformed signature is invalid. */
function isSignature(key: KeyObject, base64: string, body: Buffer): boolean {
  const signature = Buffer.from(base64, 'base64');
  return verify('sha256', body, { key, dsaEncoding: 'der' }, signature);
}

function textOf(header: string | string[] | undefined): string {
  return [header].flat().join(',');
}
