import {
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { Request } from 'express';
import {
  ApiKeyRuntime,
  ApiKeysService,
  canonicalEntityRef,
} from 'backstage-plugin-api-keys-node';
import { AccessSeeker } from '../service/AdminAccess';
import { Caller } from '../service/ApiKeyService';

/** Finds out who calls. */
export class Callers {
  readonly #httpAuth: HttpAuthService;
  readonly #userInfo: UserInfoService;
  readonly #apiKeys: ApiKeysService;
  readonly #runtime: ApiKeyRuntime;

  constructor(options: {
    httpAuth: HttpAuthService;
    userInfo: UserInfoService;
    apiKeys: ApiKeysService;
    runtime: ApiKeyRuntime;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#userInfo = options.userInfo;
    this.#apiKeys = options.apiKeys;
    this.#runtime = options.runtime;
  }

  /** Any user, also by a key or through another plugin, and any service: a plugin, or who has a static token. */
  async userOrService(req: Request): Promise<AccessSeeker> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    return credentials.principal.type === 'service'
      ? { credentials, ownershipEntityRefs: [] }
      : this.reader(req);
  }

  /** Any user, also by a key or through another plugin: for what only reads. */
  async reader(req: Request): Promise<Caller> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user'],
    });
    const { userEntityRef, ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(credentials);
    return {
      credentials,
      userEntityRef: canonicalEntityRef(userEntityRef),
      ownershipEntityRefs: ownershipEntityRefs.map(canonicalEntityRef),
    };
  }

  /**
   * A user who is there in person: for everything that makes or changes keys. A key that could make keys would never end,
   * and a plugin could be talked into it.
   *
   * @throws NotAllowedError for keys and for plugins that call on behalf of a user
   */
  async manager(req: Request): Promise<Caller> {
    const caller = await this.#inPerson(req);
    if (await this.#apiKeys.keyOf(caller.credentials)) {
      throw new NotAllowedError('An API key cannot make or manage API keys');
    }
    return caller;
  }

  /**
   * A key that carries itself: for what a key may do with itself.
   *
   * @throws NotAllowedError for a user without a key, and for plugins that call on behalf of one
   */
  async key(req: Request): Promise<{ caller: Caller; keyId: string }> {
    const caller = await this.#inPerson(req);
    // Not for a user token that was issued for a key: whoever a plugin has passed that on to would get a secret of their own.
    const key = await this.#runtime.presented.get('api-keys')?.findKey(req);
    if (!key) {
      throw new NotAllowedError('This request has to carry an API key');
    }
    return { caller: { ...caller, keyId: key.id }, keyId: key.id };
  }

  async #inPerson(req: Request): Promise<Caller> {
    const caller = await this.reader(req);
    if (caller.credentials.principal.actor) {
      throw new NotAllowedError(
        'API keys can only be managed by their owner in person, not by a plugin on their behalf',
      );
    }
    return caller;
  }
}
