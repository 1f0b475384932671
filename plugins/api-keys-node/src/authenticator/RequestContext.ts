import { AsyncLocalStorage } from 'node:async_hooks';
import { RequestedRoute } from '../restrictions/guarded/RoutePattern';
import { KeyAuthentication } from './types';

/**
 * Immutable facts of a request that an authentication needs and the token does not contain.
 *
 * @public
 */
export type RequestFacts = {
  /** Undefined if the address of the client is unknown. */
  readonly ip?: string;
  readonly userAgent?: string;
  /** True if a key reads, rotates or revokes itself, which every key may. */
  readonly isSelfService?: boolean;
  /** Undefined for a websocket. */
  readonly route?: RequestedRoute;
  /** The scopes that a gateway requires of its client's key. They replace every restriction except networks. */
  readonly requiredScopes?: readonly string[];
};

/**
 * A request to one plugin: immutable facts, and the result of its authentication, which is written once.
 *
 * @public
 */
export class RequestContext {
  readonly facts: RequestFacts;
  #credential: string | undefined;
  #pending: Promise<KeyAuthentication> | undefined;
  #authentication: KeyAuthentication | undefined;

  constructor(facts: RequestFacts) {
    this.facts = Object.freeze({ ...facts });
  }

  /** The key of the request; undefined until the request is authenticated, and for a request without a key. */
  get authentication(): KeyAuthentication | undefined {
    return this.#authentication;
  }

  /**
   * Authenticates the request once: repeated calls with its credential return the same result or error. Any other credential is
   * authenticated on each call, and does not affect the result of the request.
   */
  authenticateOnce(
    credential: string,
    authenticate: () => Promise<KeyAuthentication>,
  ): Promise<KeyAuthentication> {
    if (!this.#pending) {
      this.#credential = credential;
      this.#pending = authenticate().then(authentication => {
        this.#authentication = Object.freeze(authentication);
        return authentication;
      });
    }
    return this.#credential === credential ? this.#pending : authenticate();
  }
}

const storage = new AsyncLocalStorage<RequestContext | undefined>();

/**
 * Runs a function, and everything that it awaits, as part of a request. Only for Backstage's authentication of the request:
 * work that continues after the answer would keep using the request's result after the key has ended.
 */
export function withRequestContext<T>(context: RequestContext, fn: () => T): T {
  return storage.run(context, fn);
}

/** Runs a function, and everything that it awaits, outside of any request, so that it authenticates again each time. */
export function withoutRequestContext<T>(fn: () => T): T {
  return storage.run(undefined, fn);
}

/** Returns the request that is being authenticated; undefined outside of HTTP, such as in direct calls of `auth.authenticate`. */
export function getRequestContext(): RequestContext | undefined {
  return storage.getStore();
}
