import type { IncomingMessage } from 'node:http';
import type { AuthService } from '@backstage/backend-plugin-api';
import { ApiKeyRefusedError } from '../verification/errors';
import {
  API_KEY_EXCHANGE_HEADER,
  API_KEY_PROVIDER_ID,
} from '../authenticator/exchange';
import {
  RequestContext,
  withRequestContext,
} from '../authenticator/RequestContext';
import type {
  ApiKeyRuntime,
  PresentedCredentials,
} from '../authenticator/ApiKeyRuntime';
import { VerifiedApiKey } from '../verification/types';
import { CredentialSources } from './CredentialSources';
import { valuesOf } from './credentialHeaders';
import { describeRequest, HttpRequest } from './describeRequest';
import { explainFailure } from './explainFailure';
import { setHeader } from './headerSecrets';
import { takeCredentials, TakenCredentials } from './takeCredentials';

/** Result of authenticating the credential of a request. */
export type AuthenticatedRequest = {
  /** Contains the key of the request, if it is accepted. */
  context: RequestContext;
  /** The websocket subprotocol that was a key, and its replacement. */
  webSocketProtocol?: { offered: string; used: string };
  /** Reason for refusing the request on routes that require credentials. */
  error?: unknown;
  /** Reason for refusing the request on such routes if it has no credentials at all. */
  misplaced?: Error;
};

type RequestMemo = {
  authenticated: Promise<AuthenticatedRequest>;
  /** The secret of a request to the exchange, which is removed from the request like all others. */
  exchangedSecret?: string;
};

/** Credentials that were removed from requests, including those removed before the router of a plugin. */
const takenFrom = new WeakMap<IncomingMessage, TakenCredentials>();

/**
 * Replaces the API key in each request to a plugin with the key's user token, as a session would send it, before the plugin
 * sees the request. Authenticates each request once, however many callers ask.
 */
export class RequestAuthenticator implements PresentedCredentials {
  readonly #pluginId: string;
  readonly #secretPrefix: string;
  readonly #accept: CredentialSources;
  readonly #runtime: ApiKeyRuntime;
  readonly #auth: AuthService;
  readonly #requests = new WeakMap<IncomingMessage, RequestMemo>();

  constructor(options: {
    pluginId: string;
    secretPrefix: string;
    accept: CredentialSources;
    runtime: ApiKeyRuntime;
    auth: AuthService;
  }) {
    this.#pluginId = options.pluginId;
    this.#secretPrefix = options.secretPrefix;
    this.#accept = options.accept;
    this.#runtime = options.runtime;
    this.#auth = options.auth;
  }

  /** Never rejects, since a public route stays public for a request with a refused key. */
  authenticate(req: HttpRequest): Promise<AuthenticatedRequest> {
    const known = this.#requests.get(req);
    if (known) return known.authenticated;
    const context = new RequestContext(describeRequest(req, this.#pluginId));
    const [exchangedSecret] = isExchange(req, this.#pluginId)
      ? valuesOf(req, API_KEY_EXCHANGE_HEADER)
      : [];
    // Runs before the first `await`: other code that holds the request must not see the key.
    const taken = this.takeKeys(req, {
      // A gateway forwards its client's query to the service behind it, and with it a key in the query.
      query: this.#accept.query && !context.facts.requiredScopes,
    });
    const authenticated = this.#authenticate(req, context, taken);
    this.#requests.set(req, { authenticated, exchangedSecret });
    return authenticated;
  }

  async findKey(req: IncomingMessage): Promise<VerifiedApiKey | undefined> {
    const { context } = (await this.#requests.get(req)?.authenticated) ?? {};
    const authentication = context?.authentication;
    return authentication?.source === 'secret' ? authentication.key : undefined;
  }

  findExchangedSecret(req: IncomingMessage): string | undefined {
    return this.#requests.get(req)?.exchangedSecret;
  }

  /**
   * Authenticates a websocket request and the user token that replaced its key, since every error that Backstage throws there
   * becomes a 401.
   *
   * @throws the error that a request over HTTP would be refused with
   */
  async authenticateWebSocket(
    req: IncomingMessage,
  ): Promise<AuthenticatedRequest> {
    const authenticated = await this.authenticate(req);
    const { context, error } = authenticated;
    if (error) throw error;
    const userToken = context.authentication?.token;
    if (userToken === undefined) return authenticated;
    try {
      await withRequestContext(context, () =>
        this.#auth.authenticate(userToken),
      );
      return authenticated;
    } catch (caught) {
      throw explainFailure(caught, context);
    }
  }

  /** Removes all keys from a request without verifying them. */
  takeKeys(
    req: HttpRequest,
    accept: Partial<CredentialSources> = {},
  ): TakenCredentials {
    const taken = takeCredentials(req, {
      secretPrefix: this.#secretPrefix,
      accept: { ...this.#accept, ...accept },
    });
    if (taken.type !== 'other') takenFrom.set(req, taken);
    return taken;
  }

  /** Returns the reason for refusing the key of a request, including a key that was removed without verification. */
  async findRefusal(req: HttpRequest): Promise<Error | undefined> {
    const taken = takenFrom.get(req) ?? this.takeKeys(req);
    const context = new RequestContext(describeRequest(req, this.#pluginId));
    const { error } = await this.#authenticate(req, context, taken);
    return error instanceof Error ? error : undefined;
  }

  async #authenticate(
    req: HttpRequest,
    context: RequestContext,
    taken: TakenCredentials,
  ): Promise<AuthenticatedRequest> {
    switch (taken.type) {
      case 'other':
        return { context, misplaced: taken.misplaced };
      case 'refused':
        return { context, error: taken.error };
      case 'key':
        return this.#authenticateKey(req, context, taken);
      default:
        throw new Error(`Unknown credentials: ${taken satisfies never}`);
    }
  }

  async #authenticateKey(
    req: HttpRequest,
    context: RequestContext,
    taken: TakenCredentials & { type: 'key' },
  ): Promise<AuthenticatedRequest> {
    try {
      const authenticator = this.#runtime.authenticators.get(this.#pluginId);
      if (!authenticator) {
        // Keys are only accepted with the token handler.
        throw new ApiKeyRefusedError('API keys are not accepted here');
      }
      const { token: userToken } = await authenticator.authenticateSecret(
        taken.secret,
        context,
      );
      const { secret, webSocketProtocols } = taken;
      if (!webSocketProtocols) {
        setHeader(req, 'Authorization', `Bearer ${userToken}`);
        return { context };
      }
      const protocols = webSocketProtocols.map(protocol =>
        protocol === secret ? userToken : protocol,
      );
      setHeader(req, 'Sec-WebSocket-Protocol', protocols.join(', '));
      return {
        context,
        webSocketProtocol: { offered: secret, used: userToken },
      };
    } catch (error) {
      return { context, error };
    }
  }
}

/** Returns true for the only route that receives a key in a custom header. */
function isExchange(
  { baseUrl = '', path = '' }: HttpRequest,
  pluginId: string,
) {
  return (
    pluginId === 'auth' &&
    baseUrl + path === `/api/auth/${API_KEY_PROVIDER_ID}/refresh`
  );
}
