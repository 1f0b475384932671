import {
  AuthService,
  BackstageCredentials,
  BackstageUserInfo,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ApiKeyRuntime } from '../runtime';
import { findKeyOfCredentials } from '../verification/acceptedKey';

/**
 * Answers for credentials of a key with what the key owns. Backstage's own service knows one ownership of each user, that of the
 * last sign-in, which may have more than the key or less. It answers for everybody else.
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
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
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
