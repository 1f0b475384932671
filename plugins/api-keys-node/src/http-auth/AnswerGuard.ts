import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import { setError } from './bearerChallenge';
import { setRetryAfter } from './challenge';
import type { KeyAuthentication } from '../authenticator/types';
import { ApiKeyScopeError } from '../verification/errors';
import {
  asksForNone,
  asksForOthers,
  failedBefore,
  hasNoPermissions,
  notLimited,
  onlyOverHttp,
} from '../restrictions/guarded/denials';
import {
  PermissionChecks,
  RequestChecks,
} from '../restrictions/guarded/PermissionChecks';
import { OwnPermissions } from '../restrictions/guarded/OwnPermissions';
import { Replacement, withholdAnswer } from './withholdAnswer';

/** Statuses about the request or the server. All others reveal something about the requested resource. */
const NEUTRAL_STATUSES = [400, 401, 405, 406, 411, 413, 414, 415, 429, 431];

/**
 * Checks the answers of one plugin to limited keys: an answer is replaced unless the plugin asked for a permission that the key
 * has.
 */
export class AnswerGuard {
  readonly #pluginId: string;
  readonly #checks: PermissionChecks;
  readonly #ownPermissions: OwnPermissions;
  readonly #seesChecks: () => boolean;
  readonly #recordDenial: (authentication: KeyAuthentication) => void;

  constructor(options: {
    pluginId: string;
    checks: PermissionChecks;
    ownPermissions: OwnPermissions;
    /** Returns true if the permissions service of this backend records the permissions that plugins ask for. */
    seesChecks(): boolean;
    recordDenial(authentication: KeyAuthentication): void;
  }) {
    this.#pluginId = options.pluginId;
    this.#checks = options.checks;
    this.#ownPermissions = options.ownPermissions;
    this.#seesChecks = options.seesChecks;
    this.#recordDenial = options.recordDenial;
  }

  /**
   * Withholds the answer to a request, and returns the credentials that the plugin uses for its permission checks.
   *
   * @throws {@link ApiKeyScopeError} for a plugin without permissions, which could still read data of other plugins for the
   * key; and for a backend that does not record permission checks, in which the plugin would do everything that the user may
   * @throws ServiceUnavailableError if the permissions of the plugin cannot be determined
   */
  async guard<T extends BackstageCredentials>(
    req: Request & { res?: Response },
    authentication: KeyAuthentication,
    shared: T,
  ): Promise<T> {
    const { res, method, baseUrl, path } = req;
    // A websocket has no answer, for example.
    if (!res) throw new ApiKeyScopeError(onlyOverHttp(this.#pluginId));
    if (!this.#seesChecks()) {
      this.#recordDenial(authentication);
      throw new ApiKeyScopeError(notLimited(this.#pluginId));
    }
    if (!(await this.#ownPermissions.exist())) {
      this.#recordDenial(authentication);
      throw new ApiKeyScopeError(hasNoPermissions(this.#pluginId));
    }
    const known = this.#checks.credentialsOf<T>(req);
    if (known) return known;
    const { credentials, checks } = this.#checks.start(req, shared);
    const url = baseUrl + path;
    withholdAnswer(res, status => {
      if (checks.isHeld) return undefined;
      const hasDenied = checks.denied.size > 0;
      const hasFailedBefore = status >= 400 && !hasDenied;
      const isGuarded = authentication.answerAccess === 'guarded';
      if (isGuarded && hasFailedBefore) return undefined;
      if (!hasDenied) this.#recordDenial(authentication);
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
    const statusCode = isNeutral ? status : 403;
    const message = isNeutral
      ? failedBefore(this.#pluginId)
      : this.#denial([...denied]);
    const name = isNeutral ? 'Error' : 'NotAllowedError';
    return {
      status: statusCode,
      body: { error: { name, message }, request, response: { statusCode } },
      setHeaders: res => {
        if (!isNeutral) setError(res, 'insufficient_scope', message);
        if (status === 503 || status === 429) setRetryAfter(res);
      },
    };
  }

  #denial(denied: readonly string[]): string {
    return denied.length === 0
      ? asksForNone(this.#pluginId)
      : asksForOthers(this.#pluginId, denied);
  }
}
