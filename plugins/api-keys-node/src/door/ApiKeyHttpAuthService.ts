import {
  AuthService,
  BackstageCredentials,
  BackstagePrincipalTypes,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import { parse as parseCookies } from 'cookie';
import type { Request, Response } from 'express';
import onHeaders from 'on-headers';
import { ApiKeyRefusedError } from '../errors';
import { RequestUse, withRequestUse } from '../request/requestUse';
import { ApiKeyRuntime } from '../runtime';
import { looksLikeSecret } from '../secret';
import { ApiKeysService } from '../service/apiKeysServiceRef';
import { setError } from './bearerChallenge';
import { setChallenge, setQuota } from './challenge';
import { demandedScopes } from './demandedScopes';

const BACKSTAGE_COOKIE = 'backstage-auth';

/**
 * Backstage's own HTTP authentication, with what API keys need around it: where a request came from reaches the record of
 * uses, refusals carry RFC 6750's headers, and a key cannot be made into a credential that outlives it.
 */
export class ApiKeyHttpAuthService implements HttpAuthService {
  readonly #pluginId: string;
  readonly #secretPrefix: string;
  readonly #inner: HttpAuthService;
  readonly #auth: AuthService;
  readonly #apiKeys: ApiKeysService;
  readonly #openingKeys: ApiKeyRuntime['openingKeys'];
  readonly #uses = new WeakMap<Request, RequestUse>();

  constructor(options: {
    pluginId: string;
    secretPrefix: string;
    inner: HttpAuthService;
    auth: AuthService;
    apiKeys: ApiKeysService;
    openingKeys: ApiKeyRuntime['openingKeys'];
  }) {
    this.#pluginId = options.pluginId;
    this.#secretPrefix = options.secretPrefix;
    this.#inner = options.inner;
    this.#auth = options.auth;
    this.#apiKeys = options.apiKeys;
    this.#openingKeys = options.openingKeys;
  }

  async credentials<TAllowed extends keyof BackstagePrincipalTypes = 'unknown'>(
    req: Request,
    options?: { allow?: Array<TAllowed>; allowLimitedAccess?: boolean },
  ): Promise<BackstageCredentials<BackstagePrincipalTypes[TAllowed]>> {
    const cookie = cookieOf(req);
    const use = this.#useOf(req);
    try {
      if (cookie && looksLikeSecret(cookie, this.#secretPrefix)) {
        throw new ApiKeyRefusedError('API keys are not accepted in cookies');
      }
      const credentials = await withRequestUse(use, () =>
        this.#inner.credentials(req, options),
      );
      if (this.#pluginId === 'auth') await this.#refuseKeys(credentials);
      if (use.demandedScopes) this.#requireOwnKey(req, use);
      return credentials;
    } catch (error) {
      const carriedCredentials =
        hasCredentials(req) ||
        cookie !== undefined ||
        error instanceof ApiKeyRefusedError;
      setChallenge(req, error, carriedCredentials);
      throw error;
    } finally {
      explain(req, use);
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

  /** Cookies and log-in sessions would go on working after the key is revoked. */
  async #refuseKeys(credentials: BackstageCredentials) {
    if (!this.#auth.isPrincipal(credentials, 'user')) return;
    if (await this.#apiKeys.keyOf(credentials)) {
      throw new NotAllowedError(
        'An API key cannot be exchanged for another credential',
      );
    }
  }

  /** What opens a service outside of Backstage is a key: no session, no plugin, and nothing that was made for a key. */
  #requireOwnKey(req: Request, { key }: RequestUse) {
    if (!key) throw new AuthenticationError('This takes an API key');
    this.#openingKeys.set(req, key);
  }

  #useOf(req: Request): RequestUse {
    let use = this.#uses.get(req);
    if (!use) {
      // `req.ip` follows Backstage's own setting of which proxies to trust.
      use = {
        ip: req.ip,
        userAgent: req.headers['user-agent'],
        isAboutItself: this.#pluginId === 'api-keys' && isSelfRoute(req),
        demandedScopes:
          this.#pluginId === 'api-keys' ? demandedScopes(req) : undefined,
        isUnguarded: isUnguardedRoute(req),
        recorded: false,
        restricted: false,
        explained: false,
      };
      this.#uses.set(req, use);
    }
    return use;
  }
}

/** A plugin that asks for a permission and does not get it answers for itself, and knows nothing of keys. */
function explain({ res }: Request, use: RequestUse) {
  const isWorthIt = use.quota !== undefined || use.restricted;
  if (!res || !isWorthIt || use.explained) return;
  use.explained = true;
  onHeaders(res, () => {
    if (use.quota) setQuota(res, use.quota);
    const isUnexplained =
      res.statusCode === 403 && !res.hasHeader('WWW-Authenticate');
    if (use.restricted && isUnexplained) {
      setError(res, 'insufficient_scope', 'The API key is restricted');
    }
  });
}

/** The routes under which a key reads, rotates and revokes itself. */
function isSelfRoute({ baseUrl, path }: Request): boolean {
  return /^\/api\/api-keys\/v1\/self(\/rotate)?$/.test(baseUrl + path);
}

/** The schedule of a plugin and the like. Actions are a plugin's own, and ask for what they do. */
function isUnguardedRoute({ baseUrl, path }: Request): boolean {
  return /\/\.backstage\/(?!actions\/)/i.test(baseUrl + path);
}

/** A scheme alone, from a variable that is not set, is none. */
function hasCredentials({ headers }: Request): boolean {
  return /^\S+\s+\S/.test(headers.authorization ?? '');
}

function cookieOf(req: Request): string | undefined {
  const header = req.headers.cookie;
  return header === undefined
    ? undefined
    : parseCookies(header)[BACKSTAGE_COOKIE];
}
