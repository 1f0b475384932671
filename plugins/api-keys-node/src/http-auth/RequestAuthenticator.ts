import type { IncomingMessage } from 'node:http';
import type { AuthService } from '@backstage/backend-plugin-api';
import { ApiKeyRefusedError } from '../errors';
import { RequestUse, withRequestUse } from '../request/requestUse';
import { ApiKeyRuntime } from '../runtime';
import { AcceptedPlaces } from './AcceptedPlaces';
import {
  API_KEY_EXCHANGE_HEADER,
  API_KEY_PROVIDER_ID,
} from '../handler/exchange';
import { valuesOf } from './credentialHeaders';
import { describeRequest, HttpRequest } from './describeRequest';
import { explainFailure } from './explainFailure';
import { setHeader } from './headerSecrets';
import { takeCredentials, TakenCredentials } from './takeCredentials';

/** What came of the credential in a request. */
export type AuthenticatedRequest = {
  use: RequestUse;
  /** The subprotocol of a websocket that was a key, and what took its place. */
  webSocketProtocol?: { offered: string; used: string };
  /** Why the request is refused wherever it has to have credentials. */
  error?: unknown;
  /** Why it is refused there if it has no credentials at all. */
  misplaced?: Error;
};

/** What was taken out of requests, also before they came to the router of a plugin. */
const takenFrom = new WeakMap<IncomingMessage, TakenCredentials>();

/**
 * Takes the API key out of each request to a plugin before the plugin sees it, and puts the user token of the key in its place:
 * what a session would bring. Authenticates once, however often and by whomever it is asked.
 */
export class RequestAuthenticator {
  readonly #pluginId: string;
  readonly #secretPrefix: string;
  readonly #accept: AcceptedPlaces;
  readonly #runtime: ApiKeyRuntime;
  readonly #auth: AuthService;
  readonly #requests = new WeakMap<
    IncomingMessage,
    Promise<AuthenticatedRequest>
  >();

  constructor(options: {
    pluginId: string;
    secretPrefix: string;
    accept: AcceptedPlaces;
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
    if (known) return known;
    const use = describeRequest(req, this.#pluginId);
    if (isExchange(req, this.#pluginId)) {
      const [secret] = valuesOf(req, API_KEY_EXCHANGE_HEADER);
      this.#runtime.exchangedSecrets.set(req, secret);
    }
    // Before anything is awaited: who holds the request must not see the key in the meantime.
    const taken = this.takeKeys(req, {
      // What a gateway appends of its client's query goes on to the service behind it, and so would a key in there.
      query: this.#accept.query && !use.demandedScopes,
    });
    const authenticated = this.#authenticate(req, use, taken);
    this.#requests.set(req, authenticated);
    return authenticated;
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
    const { use, error } = authenticated;
    const { userToken } = use;
    if (error) throw error;
    if (userToken === undefined) return authenticated;
    try {
      await withRequestUse(use, () => this.#auth.authenticate(userToken));
      return authenticated;
    } catch (caught) {
      throw explainFailure(caught, use);
    }
  }

  /** Takes all keys out of a request without judging them. */
  takeKeys(
    req: HttpRequest,
    accept: Partial<AcceptedPlaces> = {},
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
    const use = describeRequest(req, this.#pluginId);
    const { error } = await this.#authenticate(req, use, taken);
    return error instanceof Error ? error : undefined;
  }

  async #authenticate(
    req: HttpRequest,
    use: RequestUse,
    taken: TakenCredentials,
  ): Promise<AuthenticatedRequest> {
    switch (taken.type) {
      case 'other':
        return { use, misplaced: taken.misplaced };
      case 'refused':
        return { use, error: taken.error };
      case 'key':
        return this.#authenticateKey(req, use, taken);
      default:
        throw new Error(`Unknown credentials: ${taken satisfies never}`);
    }
  }

  async #authenticateKey(
    req: HttpRequest,
    use: RequestUse,
    taken: TakenCredentials & { type: 'key' },
  ): Promise<AuthenticatedRequest> {
    try {
      const gate = this.#runtime.gates.get(this.#pluginId);
      // Without the token handler there are no keys.
      if (!gate) throw new ApiKeyRefusedError('API keys are not accepted here');
      const { key, userToken } = await withRequestUse(use, () =>
        gate.authenticate(taken.secret),
      );
      use.key = key;
      use.userToken = userToken;
      this.#runtime.presentedKeys.set(req, key);
      const { secret, webSocketProtocols } = taken;
      if (!webSocketProtocols) {
        setHeader(req, 'Authorization', `Bearer ${userToken}`);
        return { use };
      }
      const protocols = webSocketProtocols.map(protocol =>
        protocol === secret ? userToken : protocol,
      );
      setHeader(req, 'Sec-WebSocket-Protocol', protocols.join(', '));
      return { use, webSocketProtocol: { offered: secret, used: userToken } };
    } catch (error) {
      return { use, error };
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
