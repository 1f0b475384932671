import {
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { Request } from 'express';
import { ApiKeysService } from 'backstage-plugin-api-keys-node';
import {
  ApiKeyRuntime,
  canonicalEntityRef,
} from 'backstage-plugin-api-keys-node/internal';
import { AccessSeeker } from '../service/AdminAccess';
import { Caller } from '../service/ApiKeyService';

/** Authenticates callers. */
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

  /** Accepts any user, also through a key or a plugin, and any service: a plugin, or a holder of a static token. */
  async userOrService(req: Request): Promise<AccessSeeker> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    return credentials.principal.type === 'service'
      ? { credentials, ownershipEntityRefs: [] }
      : this.reader(req);
  }

  /** Accepts any user, also through a key or a plugin: for operations that only read. */
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
   * Accepts only a user in person: for operations that create or change keys. A key that could create keys would never end, and
   * a plugin could be tricked into it.
   *
   * @throws NotAllowedError for keys and for plugins that act on behalf of a user
   */
  async manager(req: Request): Promise<Caller> {
    const caller = await this.#inPerson(req);
    if (await this.#apiKeys.keyOf(caller.credentials)) {
      throw new NotAllowedError('An API key cannot make or manage API keys');
    }
    return caller;
  }

  /**
   * Accepts only a key in the request itself: for operations of a key on itself.
   *
   * @throws NotAllowedError for a user without a key, and for plugins that act on behalf of one
   */
  async key(req: Request): Promise<{ caller: Caller; keyId: string }> {
    const caller = await this.#inPerson(req);
    // Does not accept a user token that was issued for a key: any plugin that receives the token could get a secret with it.
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
