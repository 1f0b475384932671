import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  AuthResolverContext,
  BackstageSignInResult,
} from '@backstage/plugin-auth-node';

/** Claims of a user token: its subject and the subject's ownership refs. */
export type KeyTokenClaims = { sub: string; ent: string[] };

/** Backstage's own issuer, an undeclared property of the context in 1.53 to 1.57. */
type BackstageTokenIssuer = {
  issueToken(params: {
    claims: KeyTokenClaims;
  }): Promise<BackstageSignInResult>;
};

/**
 * Signs user tokens for keys without changing the ownership of users that the auth plugin stores.
 *
 * `AuthResolverContext.issueToken` must not be used for keys. It signs a token and overwrites the user's ownership in the auth
 * plugin's table `user_info`, which then decides what every session of the user owns.
 *
 * Fails closed: if the auth plugin keeps its issuer elsewhere, no key is exchanged, a log line at start says so, and users sign
 * in as before.
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

  /** @throws ServiceUnavailableError if the auth plugin offers no issuer */
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
