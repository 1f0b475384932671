import type { IncomingMessage } from 'node:http';
import type { AuthService } from '@backstage/backend-plugin-api';
import { ApiKeyRefusedError } from '../errors';
import {
  API_KEY_EXCHANGE_HEADER,
  API_KEY_PROVIDER_ID,
} from '../authenticator/exchange';
import {
  RequestContext,
  withRequestContext,
} from '../authenticator/RequestContext';
import type { ApiKeyRuntime, PresentedCredentials } from '../runtime';
import { VerifiedApiKey } from '../verification/types';
import { CredentialSources } from './CredentialSources';
import { valuesOf } from './credentialHeaders';
import { describeRequest, HttpRequest } from './describeRequest';
import { explainFailure } from './explainFailure';
import { setHeader } from './headerSecrets';
import { takeCredentials, TakenCredentials } from './takeCredentials';

/** What came of the credential in a request. */
export type AuthenticatedRequest = {
  /** With the key that the request carries, if it is accepted. */
  context: RequestContext;
  /** The subprotocol of a websocket that was a key, and what took its place. */
  webSocketProtocol?: { offered: string; used: string };
  /** Why the request is refused wherever it has to have credentials. */
  error?: unknown;
  /** Why it is refused there if it has no credentials at all. */
  misplaced?: Error;
};

type RequestMemo = {
  authenticated: Promise<AuthenticatedRequest>;
  /** The secret of a request to the exchange. Like all others, it is taken out of the request. */
  exchangedSecret?: string;
};

/** What was taken out of requests, also before they came to the router of a plugin. */
const takenFrom = new WeakMap<IncomingMessage, TakenCredentials>();

/**
 * Takes the API key out of each request to a plugin before the plugin sees it, and puts the user token of the key in its place:
 * what a session would bring. Authenticates once, however often and by whomever it is asked.
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

  /** Never rejects: a route that is open to everybody is so also with a key that is refused. */
  authenticate(req: HttpRequest): Promise<AuthenticatedRequest> {
    const known = this.#requests.get(req);
    if (known) return known.authenticated;
    const context = new RequestContext(describeRequest(req, this.#pluginId));
    const [exchangedSecret] = isExchange(req, this.#pluginId)
      ? valuesOf(req, API_KEY_EXCHANGE_HEADER)
      : [];
    // Before anything is awaited: who holds the request must not see the key in the meantime.
    const taken = this.takeKeys(req, {
      // What a gateway appends of its client's query goes on to the service behind it, and so would a key in there.
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
   * Authenticates a request for a websocket, and also the user token that took the place of its key: whatever Backstage throws there
   * is a 401 of its own.
   *
   * @throws what a request over HTTP would be refused with
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

  /** Takes all keys out of a request without judging them. */
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

  /** Finds out why the key that a request carries is refused, also where somebody has taken it out and not judged it. */
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
        // Without the token handler there are no keys.
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

/** The one route that is called with a key in a header of its own. */
function isExchange(
  { baseUrl = '', path = '' }: HttpRequest,
  pluginId: string,
) {
  return (
    pluginId === 'auth' &&
    baseUrl + path === `/api/auth/${API_KEY_PROVIDER_ID}/refresh`
  );
}
