import {
  AuthService,
  BackstageCredentials,
  BackstagePrincipalTypes,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import type { Request, Response } from 'express';
import { isRestricted } from 'backstage-plugin-api-keys-common';
import onHeaders from 'on-headers';
import {
  RequestContext,
  withRequestContext,
} from '../authenticator/RequestContext';
import { ApiKeyRefusedError } from '../verification/errors';
import { AnswerGuard } from './AnswerGuard';
import { ApiKeysService } from '../service/apiKeysServiceRef';
import { setError } from './bearerChallenge';
import { setChallenge, setQuota, setRetryAfter } from './challenge';
import { backstageCookieOf } from './cookies';
import { explainFailure, isUnauthorized } from './explainFailure';
import { exposeHeaders } from './exposeHeaders';
import { RequestAuthenticator } from './RequestAuthenticator';

/**
 * Wraps Backstage's HTTP authentication with the guarantees of API keys: no plugin sees a key, uses are recorded with the
 * client's address, refusals carry RFC 6750's headers, and a key cannot be exchanged for a credential that outlives it.
 */
export class ApiKeyHttpAuthService implements HttpAuthService {
  readonly #pluginId: string;
  readonly #offersBasic: boolean;
  readonly #inner: HttpAuthService;
  readonly #auth: AuthService;
  readonly #apiKeys: ApiKeysService;
  readonly #requests: RequestAuthenticator;
  readonly #answerGuard: AnswerGuard;
  readonly #headersScheduled = new WeakSet<Response>();

  constructor(options: {
    pluginId: string;
    /** True if clients may be asked for a user name and a password. */
    offersBasic: boolean;
    inner: HttpAuthService;
    auth: AuthService;
    apiKeys: ApiKeysService;
    requests: RequestAuthenticator;
    answerGuard: AnswerGuard;
  }) {
    this.#pluginId = options.pluginId;
    this.#offersBasic = options.offersBasic;
    this.#inner = options.inner;
    this.#auth = options.auth;
    this.#apiKeys = options.apiKeys;
    this.#requests = options.requests;
    this.#answerGuard = options.answerGuard;
  }

  async credentials<TAllowed extends keyof BackstagePrincipalTypes = 'unknown'>(
    req: Request,
    options?: { allow?: Array<TAllowed>; allowLimitedAccess?: boolean },
  ): Promise<BackstageCredentials<BackstagePrincipalTypes[TAllowed]>> {
    const authenticated = await this.#requests.authenticate(req);
    const { context, error: refusal } = authenticated;
    try {
      if (refusal) throw refusal;
      const credentials = await withRequestContext(context, () =>
        this.#inner.credentials(req, options),
      );
      if (this.#pluginId === 'auth') await this.#refuseKeys(credentials);
      const { authentication, facts } = context;
      if (facts.requiredScopes && authentication?.source !== 'secret') {
        throw new AuthenticationError('This takes an API key');
      }
      return authentication?.answerAccess
        ? await this.#answerGuard.guard(req, authentication, credentials)
        : credentials;
    } catch (caught) {
      const carriesOther =
        hasCredentials(req) || backstageCookieOf(req) !== undefined;
      const { misplaced } = authenticated;
      const isUnexplained =
        misplaced && !carriesOther && isUnauthorized(caught);
      const error = isUnexplained ? misplaced : explainFailure(caught, context);
      const carriedCredentials =
        carriesOther || error instanceof ApiKeyRefusedError;
      setChallenge(req, req.res, error, {
        carriedCredentials,
        offersBasic: this.#offersBasic,
      });
      throw error;
    } finally {
      this.#scheduleHeaders(req, context);
    }
  }

  async issueUserCookie(
    res: Response,
    options?: { credentials?: BackstageCredentials },
  ): Promise<{ expiresAt: Date }> {
    const credentials =
      options?.credentials ??
      (await this.credentials(res.req, { allow: ['user'] }));
    await this.#refuseKeys(credentials);
    return this.#inner.issueUserCookie(res, { credentials });
  }

  /** Adds headers to answers of plugins, which do not know about keys when they deny a request. */
  #scheduleHeaders(
    { res }: Request,
    { authentication, facts }: RequestContext,
  ) {
    if (!res || !authentication || authentication.source === 'call') return;
    if (this.#headersScheduled.has(res)) return;
    this.#headersScheduled.add(res);
    const { key, quota } = authentication;
    exposeHeaders(res);
    onHeaders(res, () => {
      if (quota) setQuota(res, quota);
      const isUnexplained =
        res.statusCode === 403 && !res.hasHeader('WWW-Authenticate');
      // The scopes that a gateway requires replace the restrictions.
      if (isUnexplained && isRestricted(key) && !facts.requiredScopes) {
        setError(res, 'insufficient_scope', 'The API key is restricted');
      }
      // The plugin may have verified the key again after verification became unavailable.
      if (res.statusCode === 503) setRetryAfter(res);
    });
  }

  /** Cookies and log-in sessions would keep working after the key is revoked. */
  async #refuseKeys(credentials: BackstageCredentials) {
    if (!this.#auth.isPrincipal(credentials, 'user')) return;
    if (await this.#apiKeys.keyOf(credentials)) {
      throw new NotAllowedError(
        'An API key cannot be exchanged for another credential',
      );
    }
  }
}

/** Returns false for a scheme without a token, which an unset variable leaves behind. */
function hasCredentials({ headers }: Request): boolean {
  return /^\S+\s+\S/.test(headers.authorization ?? '');
}
