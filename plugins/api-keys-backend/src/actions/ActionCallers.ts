import {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { ApiKeysService } from 'backstage-plugin-api-keys-node';
import { canonicalEntityRef } from 'backstage-plugin-api-keys-node/internal';
import { Caller } from '../service/ApiKeyService';

/** The caller of an action, and how the call was made. */
export type ActionCaller = Caller & {
  /** The key that the call was made with, if any. */
  keyId: string | undefined;
  /** The service that called on behalf of the caller, such as `plugin:mcp-actions`. */
  via: string | undefined;
};

/** Identifies the caller of an action. */
export class ActionCallers {
  readonly #auth: AuthService;
  readonly #userInfo: UserInfoService;
  readonly #apiKeys: ApiKeysService;

  constructor(options: {
    auth: AuthService;
    userInfo: UserInfoService;
    apiKeys: ApiKeysService;
  }) {
    this.#auth = options.auth;
    this.#userInfo = options.userInfo;
    this.#apiKeys = options.apiKeys;
  }

  /**
   * Accepts any user, in person, with a key or through another plugin: actions are meant to be called through one.
   *
   * @throws NotAllowedError for services, which have no keys
   */
  async of(credentials: BackstageCredentials): Promise<ActionCaller> {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'API keys belong to users and groups: call this as a user, or with an API key',
      );
    }
    const { userEntityRef, ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(credentials);
    const key = await this.#apiKeys.keyOf(credentials);
    return {
      credentials,
      userEntityRef: canonicalEntityRef(userEntityRef),
      ownershipEntityRefs: ownershipEntityRefs.map(canonicalEntityRef),
      keyId: key?.id,
      via: credentials.principal.actor?.subject,
    };
  }
}
