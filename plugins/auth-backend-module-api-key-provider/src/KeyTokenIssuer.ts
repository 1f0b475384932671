import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  AuthResolverContext,
  BackstageSignInResult,
} from '@backstage/plugin-auth-node';

/** What a user token says: who its bearer is, and what they own. */
export type KeyTokenClaims = { sub: string; ent: string[] };

/** Backstage's own issuer, which the context of 1.53 to 1.57 holds without declaring it. */
type BackstageTokenIssuer = {
  issueToken(params: {
    claims: KeyTokenClaims;
  }): Promise<BackstageSignInResult>;
};

/**
 * Signs user tokens for keys, and leaves alone what the auth plugin remembers of users.
 *
 * `AuthResolverContext.issueToken` must not be used for keys. It signs a token and overwrites the one ownership that the auth plugin
 * has of the user in its table `user_info`, by which every session of the user is judged from then on.
 *
 * Fails closed: with an auth plugin that has its issuer elsewhere, no key is exchanged, which is logged at start, and people sign in
 * as before.
 */
export class KeyTokenIssuer {
  readonly #issuer: BackstageTokenIssuer | undefined;

  static create(options: {
    resolverContext: AuthResolverContext;
    logger: LoggerService;
  }): KeyTokenIssuer {
    const issuer = issuerOf(options.resolverContext);
    if (!issuer) {
      options.logger.error(
        'API keys will be refused: this version of @backstage/plugin-auth-backend gives auth providers no token issuer; use a release of Backstage that the README of backstage-plugin-api-keys-backend names',
      );
    }
    return new KeyTokenIssuer(issuer);
  }

  private constructor(issuer: BackstageTokenIssuer | undefined) {
    this.#issuer = issuer;
  }

  /** @throws ServiceUnavailableError with an auth plugin that has no issuer to offer */
  async issue(claims: KeyTokenClaims): Promise<string> {
    if (!this.#issuer) {
      throw new ServiceUnavailableError(
        'User tokens cannot be issued for API keys',
      );
    }
    const { token } = await this.#issuer.issueToken({ claims });
    return token;
  }
}

function issuerOf(context: object): BackstageTokenIssuer | undefined {
  const { tokenIssuer } = context as { tokenIssuer?: unknown };
  return isIssuer(tokenIssuer) ? tokenIssuer : undefined;
}

function isIssuer(value: unknown): value is BackstageTokenIssuer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'issueToken' in value &&
    typeof value.issueToken === 'function'
  );
}
