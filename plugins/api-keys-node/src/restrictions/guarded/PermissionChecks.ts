import type { IncomingMessage } from 'node:http';
import { BackstageCredentials } from '@backstage/backend-plugin-api';

/**
 * The permissions that a plugin asked for while it answered one request with a limited key.
 *
 * @public
 */
export type RequestChecks = {
  /** True if the key covers one of them. The plugin handles the decision of the permission policy. */
  isHeld: boolean;
  /** Names of the permissions that the key does not cover. */
  readonly denied: Set<string>;
};

/**
 * Records the permissions that plugins ask for while they answer requests with limited keys.
 *
 * Requests share the credentials of a key, so a request with a limited key gets its own copy, which links a permission check to
 * the request. A check with credentials that the plugin created itself does not count for the request.
 *
 * @public
 */
export class PermissionChecks {
  readonly #requests = new WeakMap<
    IncomingMessage,
    { credentials: BackstageCredentials; checks: RequestChecks }
  >();
  readonly #byCredentials = new WeakMap<BackstageCredentials, RequestChecks>();

  /** Starts a request, and returns the credentials that the plugin gets for it. */
  start<T extends BackstageCredentials>(
    req: IncomingMessage,
    shared: T,
  ): { credentials: T; checks: RequestChecks } {
    // Includes the properties that Backstage hides in credentials: the token and `toString`.
    const credentials: T = Object.freeze(
      Object.create(
        Object.getPrototypeOf(shared),
        Object.getOwnPropertyDescriptors(shared),
      ),
    );
    const checks: RequestChecks = { isHeld: false, denied: new Set() };
    this.#requests.set(req, { credentials, checks });
    this.#byCredentials.set(credentials, checks);
    return { credentials, checks };
  }

  /**
   * Records a permission that was asked for.
   *
   * @param isHeld - true if the key covers it
   */
  note(
    credentials: BackstageCredentials | undefined,
    permission: string,
    isHeld: boolean,
  ): void {
    const checks = credentials && this.#byCredentials.get(credentials);
    if (!checks) return;
    if (isHeld) checks.isHeld = true;
    else checks.denied.add(permission);
  }

  /** Returns the credentials that the plugin got for a request; undefined for a request that was not started. */
  credentialsOf<T extends BackstageCredentials>(
    req: IncomingMessage,
  ): T | undefined {
    return this.#requests.get(req)?.credentials as T | undefined;
  }

  /** Returns the permissions that were asked for in a request and that its key does not cover. */
  deniedIn(req: IncomingMessage): readonly string[] {
    return [...(this.#requests.get(req)?.checks.denied ?? [])];
  }
}
