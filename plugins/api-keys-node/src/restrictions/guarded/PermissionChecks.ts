import type { IncomingMessage } from 'node:http';
import { BackstageCredentials } from '@backstage/backend-plugin-api';

/**
 * The permissions that a plugin asked for while it answered one request with a limited key.
 *
 * @public
 */
export type RequestChecks = {
  /** Whether one of them was the key's to have. What the permission policy made of it is the plugin's business. */
  isHeld: boolean;
  /** Names of those that were not. */
  readonly denied: Set<string>;
};

/**
 * Remembers what plugins ask for while they answer requests with limited keys.
 *
 * The credentials of a key serve many requests. A request with a limited key therefore gets a copy of its own, by which a
 * permission check finds it. A plugin that asks with credentials that it made itself has not asked for the request.
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
    // With what Backstage hides in them: the token, and how they print.
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
   * Notes a permission that was asked for.
   *
   * @param isHeld - whether the key is for it
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

  /** Returns the permissions that were asked for in a request, and that its key is not for. */
  deniedIn(req: IncomingMessage): readonly string[] {
    return [...(this.#requests.get(req)?.checks.denied ?? [])];
  }
}
