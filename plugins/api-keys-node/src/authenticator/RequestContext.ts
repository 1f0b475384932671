import { AsyncLocalStorage } from 'node:async_hooks';
import { RequestedRoute } from '../restrictions/guarded/RoutePattern';
import { KeyAuthentication } from './types';

/**
 * The facts of a request that an authentication needs and a token does not tell. They never change.
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
  /** The scopes that a gateway requires of the key in its client's request, in place of every other restriction but networks. */
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

  /** The key that the request comes from; undefined until it is authenticated, and for a request without one. */
  get authentication(): KeyAuthentication | undefined {
    return this.#authentication;
  }

  /**
   * Authenticates the request once: the same credential gets the same result or error, however often it is presented. Another credential
   * is authenticated each time, and its result is not that of the request.
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
 * Runs a function, and all that it awaits, as part of a request. Meant for Backstage's own authentication of the request and for nothing
 * that may go on after the request is answered: the request's result would hold for it after the key has ended.
 */
export function withRequestContext<T>(context: RequestContext, fn: () => T): T {
  return storage.run(context, fn);
}

/** Runs a function, and all that it awaits, as part of no request: each authentication in there is a new one. */
export function withoutRequestContext<T>(fn: () => T): T {
  return storage.run(undefined, fn);
}

/** Returns the request that is being authenticated; undefined outside of HTTP, such as in direct calls of `auth.authenticate`. */
export function getRequestContext(): RequestContext | undefined {
  return storage.getStore();
}
