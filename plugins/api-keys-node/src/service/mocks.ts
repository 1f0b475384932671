import {
  BackstageCredentials,
  BackstageUserPrincipal,
  createServiceFactory,
  ServiceFactory,
} from '@backstage/backend-plugin-api';
import { VerificationOutcome } from '../verification/types';
import {
  ApiKeyIdentity,
  ApiKeysService,
  apiKeysServiceRef,
} from './apiKeysServiceRef';

/**
 * A key of a test.
 *
 * @public
 */
export type MockApiKey = {
  /** The entity ref that requests with the key act as. */
  subject: string;
  /** `key-<index>` if left out. */
  id?: string;
  /** The subject if left out. */
  owner?: string;
  /** None if left out. */
  scopes?: readonly string[];
  /** The text that `verify` accepts; none if left out. */
  secret?: string;
};

/**
 * Returns an {@link ApiKeysService} with some keys.
 *
 * `keyOf` finds the key whose subject is the user of the credentials, so that the credentials of `mockCredentials.user` count as
 * those of a key: give sessions in the same test other users. `verify` accepts the secrets of the keys.
 *
 * @example
 * ```ts
 * const apiKeys = apiKeysServiceMock.factory({
 *   keys: [{ subject: 'user:default/bot', scopes: ['orders.read'] }],
 * });
 * const { server } = await startTestBackend({ features: [ordersPlugin, apiKeys] });
 * await request(server)
 *   .get('/api/orders')
 *   .set('Authorization', mockCredentials.user.header('user:default/bot'));
 * ```
 *
 * @public
 */
export function apiKeysServiceMock(options?: {
  keys?: readonly MockApiKey[];
}): ApiKeysService {
  const keys = (options?.keys ?? []).map((key, index) => ({
    id: `key-${index}`,
    owner: key.subject,
    scopes: [],
    ...key,
  }));
  return {
    async keyOf(credentials): Promise<ApiKeyIdentity | undefined> {
      const { userEntityRef } = credentials.principal as {
        userEntityRef?: string;
      };
      const found = keys.find(({ subject }) => subject === userEntityRef);
      if (!found) return undefined;
      const { id, owner, subject, scopes } = found;
      return { id, owner, subject, scopes };
    },
    async verify(secret): Promise<VerificationOutcome> {
      const found = keys.find(key => key.secret === secret);
      if (!found) return { accepted: false, reason: 'The API key is unknown' };
      const { id, owner, subject, scopes } = found;
      return {
        accepted: true,
        key: {
          id,
          owner,
          subject,
          scopes,
          endsPredecessor: false,
          issuedAt: 0,
        },
      };
    },
  };
}

/**
 * Functions to create mocks of the service.
 *
 * @public
 */
export namespace apiKeysServiceMock {
  /** Returns a service factory with some keys, for `startTestBackend`. */
  export const factory = (options?: {
    keys?: readonly MockApiKey[];
  }): ServiceFactory<ApiKeysService> =>
    createServiceFactory({
      service: apiKeysServiceRef,
      deps: {},
      factory: () => apiKeysServiceMock(options),
    });
}

/**
 * Returns the credentials of a request that was made with a key, for calls of code that takes credentials.
 *
 * @public
 */
export function mockApiKeyCredentials(
  key: Pick<MockApiKey, 'subject'>,
): BackstageCredentials<BackstageUserPrincipal> {
  return {
    $$type: '@backstage/BackstageCredentials',
    principal: { type: 'user', userEntityRef: key.subject },
  };
}
