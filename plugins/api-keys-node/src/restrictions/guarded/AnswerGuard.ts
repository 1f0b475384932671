import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import { setError } from '../../http-auth/bearerChallenge';
import { ApiKeyScopeError } from '../../errors';
import { RouteAccess } from './GuardedRoutes';
import { PermissionChecks, RequestChecks } from './PermissionChecks';
import { onlyOverHttp } from './requireRoute';
import { Replacement, withholdAnswer } from './withholdAnswer';

/** Statuses that are about the request or the server. All others say something of what was asked for. */
const NEUTRAL_STATUSES = [400, 401, 405, 406, 411, 413, 414, 415, 429, 431];
const RETRY_AFTER_SECONDS = '5';

/** A request with a key that is limited to some permissions of the plugin. */
export type LimitedRequest = {
  access: Extract<RouteAccess, 'ask-first' | 'guarded'>;
  /** Notes that the answer was withheld. */
  onDenied(): void;
  /** The request's own, once the plugin has them. */
  credentials?: BackstageCredentials;
};

/**
 * Holds the answers of one plugin to limited keys to what it asked for: a plugin that answers without having asked for a
 * permission that the key has, is answered for.
 */
export class AnswerGuard {
  readonly #pluginId: string;
  readonly #checks: PermissionChecks;

  constructor(options: { pluginId: string; checks: PermissionChecks }) {
    this.#pluginId = options.pluginId;
    this.#checks = options.checks;
  }

  /** Withholds the answer to a request, and returns the credentials that the plugin is to ask with. */
  guard<T extends BackstageCredentials>(
    { res, method, baseUrl, path }: Request & { res?: Response },
    request: LimitedRequest,
    shared: T,
  ): T {
    if (request.credentials) return request.credentials as T;
    // A websocket, for example.
    if (!res) throw new ApiKeyScopeError(onlyOverHttp(this.#pluginId));
    const { credentials, checks } = this.#checks.start(shared);
    request.credentials = credentials;
    const url = baseUrl + path;
    withholdAnswer(res, status => {
      if (checks.isHeld) return undefined;
      if (request.access === 'guarded' && status >= 400) return undefined;
      if (checks.denied.size === 0) request.onDenied();
      return this.#replacement(status, checks, { method, url });
    });
    return credentials;
  }

  #replacement(
    status: number,
    { denied }: RequestChecks,
    request: { method: string; url: string },
  ): Replacement {
    const isNeutral = status >= 500 || NEUTRAL_STATUSES.includes(status);
    const isDenial = !isNeutral;
    const answered = isDenial ? 403 : status;
    const message = isDenial
      ? this.#denial([...denied])
      : `The plugin '${
          this.#pluginId
        }' failed before it asked for a permission that the API key has, so that the reason is withheld`;
    const name = isDenial ? 'NotAllowedError' : 'Error';
    return {
      status: answered,
      body: {
        error: { name, message },
        request,
        response: { statusCode: answered },
      },
      setHeaders: res => {
        if (isDenial) setError(res, 'insufficient_scope', message);
        if (status === 503 || status === 429) {
          res.setHeader('Retry-After', RETRY_AFTER_SECONDS);
        }
      },
    };
  }

  #denial(denied: readonly string[]): string {
    return denied.length === 0
      ? `The API key is for some permissions of the plugin '${
          this.#pluginId
        }', and this route asks for none`
      : `The API key may be used for the plugin '${
          this.#pluginId
        }', but not for ${denied
          .map(permission => `'${permission}'`)
          .join(', ')}, which this route asks for`;
  }
}
