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
import { ApiKeyRefusedError } from '../errors';
import { AnswerGuard } from '../restrictions/guarded/AnswerGuard';
import { ApiKeysService } from '../service/apiKeysServiceRef';
import { setError } from './bearerChallenge';
import { setChallenge, setQuota, setRetryAfter } from './challenge';
import { backstageCookieOf } from './cookies';
import { explainFailure, isUnauthorized } from './explainFailure';
import { exposeHeaders } from './exposeHeaders';
import { RequestAuthenticator } from './RequestAuthenticator';

/**
 * Backstage's own HTTP authentication, with what API keys need around it: no plugin sees a key, where a request came from reaches
 * the record of uses, refusals carry RFC 6750's headers, and a key cannot be made into a credential that outlives it.
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
    /** Whether clients may be asked for a user name and a password. */
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

  /** A plugin that asks for a permission and does not get it answers for itself, and knows nothing of keys. */
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
      // The scopes that a gateway requires hold in place of the restrictions.
      if (isUnexplained && isRestricted(key) && !facts.requiredScopes) {
        setError(res, 'insufficient_scope', 'The API key is restricted');
      }
      // Where the plugin asks about the key once more, and that cannot be told any more.
      if (res.statusCode === 503) setRetryAfter(res);
    });
  }

  /** Cookies and log-in sessions would go on working after the key is revoked. */
  async #refuseKeys(credentials: BackstageCredentials) {
    if (!this.#auth.isPrincipal(credentials, 'user')) return;
    if (await this.#apiKeys.keyOf(credentials)) {
      throw new NotAllowedError(
        'An API key cannot be exchanged for another credential',
      );
    }
  }
}

/** A scheme alone, from a variable that is not set, is none. */
function hasCredentials({ headers }: Request): boolean {
  return /^\S+\s+\S/.test(headers.authorization ?? '');
}
