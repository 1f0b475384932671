import { AsyncLocalStorage } from 'node:async_hooks';
import { RequestQuota } from '../errors';
import { LimitedRequest } from '../restrictions/guarded/AnswerGuard';
import { RequestedRoute } from '../restrictions/guarded/RoutePattern';
import { CallForKey } from '../runtime/ApiKeyGate';
import { VerifiedApiKey } from '../verification/types';

/**
 * What `httpAuth` knows of a request and the token handler, which sees only a token, does not, and the other way round.
 *
 * One object belongs to one request: several authentications within it are one use of the key.
 */
export type RequestUse = {
  /** Undefined where the address of the client is unknown. */
  readonly ip?: string;
  readonly userAgent?: string;
  /** Whether the request is about the key that it carries, which every key is for. */
  readonly isAboutItself: boolean;
  /** What it asks for; undefined for a websocket. */
  readonly route?: RequestedRoute;
  /** What a gateway demands of the key in its client's request: that alone decides whether it opens. */
  readonly demandedScopes?: readonly string[];
  /** The key that the request carries, once it is accepted, and the user token that took its place. */
  key?: VerifiedApiKey;
  userToken?: string;
  recorded: boolean;
  /** Whether the key is kept to less than its subject may do. */
  restricted: boolean;
  /** Whether the answer's headers will tell of the key. */
  explained: boolean;
  /** What is left of the key's limit, if it has one. */
  quota?: RequestQuota;
  /** The call that it is, if a plugin makes it for a key. */
  call?: CallForKey;
  /** Set once the key is found to be limited to some permissions of the plugin. */
  limited?: LimitedRequest;
};

const storage = new AsyncLocalStorage<RequestUse | undefined>();

/** Runs a function, and all that it awaits, as part of a request. */
export function withRequestUse<T>(use: RequestUse, fn: () => T): T {
  return storage.run(use, fn);
}

/** Runs a function, and all that it awaits, as part of no request: what it authenticates is judged anew. */
export function withoutRequestUse<T>(fn: () => T): T {
  return storage.run(undefined, fn);
}

/** The request that this code runs for; undefined outside of HTTP (direct `authenticate` calls). */
export function currentRequestUse(): RequestUse | undefined {
  return storage.getStore();
}
