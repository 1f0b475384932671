import {
  AuthService,
  BackstageCredentials,
  BackstageUserInfo,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ApiKeyRuntime } from '../authenticator/ApiKeyRuntime';
import { findKeyOfCredentials } from '../authenticator/acceptedKey';

/**
 * Returns the key's own ownership for credentials of a key. Backstage's service, which answers for all other credentials, has
 * one ownership for each user, from the last sign-in, which may be larger or smaller than the key's.
 */
export class ApiKeyUserInfoService implements UserInfoService {
  readonly #inner: UserInfoService;
  readonly #auth: AuthService;
  readonly #runtime: ApiKeyRuntime;

  constructor(options: {
    inner: UserInfoService;
    auth: AuthService;
    runtime: ApiKeyRuntime;
  }) {
    this.#inner = options.inner;
    this.#auth = options.auth;
    this.#runtime = options.runtime;
  }

  /**
   * @throws {@link ApiKeyRefusedError} for a key that has ended since
   * @throws {@link ApiKeyVerificationUnavailableError} if the ownership cannot be determined right now
   */
  async getUserInfo(
    credentials: BackstageCredentials,
  ): Promise<BackstageUserInfo> {
    const found = await findKeyOfCredentials(credentials, {
      auth: this.#auth,
      runtime: this.#runtime,
    });
    if (!found) return this.#inner.getUserInfo(credentials);
    const { subject, ownershipEntityRefs } = found.binding;
    return {
      userEntityRef: subject,
      ownershipEntityRefs: [...ownershipEntityRefs],
    };
  }
}
