import {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  ApiKeysService,
  canonicalEntityRef,
} from 'backstage-plugin-api-keys-node';
import { Caller } from '../service/ApiKeyService';

/** Who calls an action, and how. */
export type ActionCaller = Caller & {
  /** The key that the call was made with, if it was made with one. */
  keyId: string | undefined;
  /** Who passed the call on for the caller, such as `plugin:mcp-actions`. */
  via: string | undefined;
};

/** Finds out who calls an action. */
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
   * Any user, in person, by a key or through another plugin: actions are there to be called through one.
   *
   * @throws NotAllowedError for services, who have no keys
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
