import { createHmac, KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { IncomingHttpHeaders } from 'node:http';
import { LoggerService } from '@backstage/backend-plugin-api';
import { AuthenticationError, InputError } from '@backstage/errors';
import { LeaksConfig } from '../config';
import { LeakSender } from '../lifecycle/LeakFind';
import { GitHubKeys } from './GitHubKeys';

const HMAC = /^sha256=([0-9a-f]{64})$/i;

/** Says the same whatever is wrong: whoever guesses learns nothing. */
const REFUSED = 'The request is not signed by a sender that this portal knows';

/**
 * Tells who signed a leak report. What is signed is the body, byte for byte as it came in, so that nobody else's is even parsed.
 *
 * There is neither a time nor a number in what is signed. A report that is sent again is answered as before and changes nothing: the key
 * is dead, or the leak was told.
 */
export class LeakSenders {
  readonly #github: GitHubKeys | undefined;
  readonly #secrets: readonly string[];

  constructor(options: { config: LeaksConfig; logger: LoggerService }) {
    const { github, secrets } = options.config;
    this.#github =
      github && new GitHubKeys({ ...github, logger: options.logger });
    this.#secrets = secrets;
  }

  /**
   * @throws AuthenticationError for a signature that is missing or not good
   * @throws InputError for a request that is signed in two ways: no sender does that, and which one holds would be a matter of taste
   * @throws ServiceUnavailableError if the signature cannot be checked
   */
  async whoSigned(
    headers: IncomingHttpHeaders,
    body: Buffer,
  ): Promise<LeakSender> {
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

/** ECDSA with P-256 and SHA-256, as DER in base64. What is none is not one. */
function isSignature(key: KeyObject, base64: string, body: Buffer): boolean {
  const signature = Buffer.from(base64, 'base64');
  return verify('sha256', body, { key, dsaEncoding: 'der' }, signature);
}

function textOf(header: string | string[] | undefined): string {
  return [header].flat().join(',');
}
