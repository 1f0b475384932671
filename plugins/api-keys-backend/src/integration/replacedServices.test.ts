import { actionsServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  PluginTokenHandler,
  pluginTokenHandlerDecoratorServiceRef,
} from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  BackendFeature,
  coreServices,
  createBackendFeatureLoader,
  createServiceFactory,
  ServiceFactory,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { actionsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  apiKeyTokenHandlerServiceFactory,
  behindApiKeys,
} from 'backstage-plugin-api-keys-node';
import { recordLogs } from '../__testUtils__/recordLogs';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

/** Decorator of another author that accepts a robot. */
const robots = createServiceFactory({
  service: pluginTokenHandlerDecoratorServiceRef,
  deps: {},
  factory: () => (inner: PluginTokenHandler) => ({
    issueToken: options => inner.issueToken(options),
    verifyToken: async token =>
      token === 'robot' ? { subject: 'robot' } : inner.verifyToken(token),
  }),
});

const ROBOTS_AND_KEYS = {
  key: 200,
  restrictedKey: 403,
  robot: { type: 'service', subject: 'robot' },
};

const loaderOf = (feature: BackendFeature) =>
  createBackendFeatureLoader({
    *loader() {
      yield feature;
    },
  });

describe('a backend with a factory of its own', () => {
  it.each<[string, ServiceFactory, string]>([
    [
      'for the token handler decorator',
      robots,
      'API keys would be refused everywhere, since this backend has a factory of its own for core.auth.pluginTokenHandlerDecorator',
    ],
    [
      'for the permissions service',
      permissionsServiceFactory,
      'API keys for some permissions would be refused everywhere, since this backend has a factory of its own for core.permissions',
    ],
    [
      'for the user info service',
      userInfoServiceFactory,
      'API keys would own all that their users own, since this backend has a factory of its own for core.userInfo',
    ],
    [
      'for the actions service',
      actionsServiceFactory,
      'Tasks would go on acting for API keys that have ended, since this backend has a factory of its own for alpha.core.actions',
    ],
  ])('%s stops the start and says what to do', async (_, factory, sentence) => {
    await expect(startTestPortal({ features: [factory] })).rejects.toThrow(
      `${sentence}: add it as backend.add(behindApiKeys(…))`,
    );
  });

  it.each([
    ['httpAuth', httpAuthServiceFactory],
    ['httpRouter', httpRouterServiceFactory],
  ])('for %s logs a warning that plugins see keys', async (_, factory) => {
    const { logger, lines } = recordLogs();
    const portal = await startTestPortal({
      port: await freePort(),
      logger,
      features: [factory],
    });
    await portal.stop();
    expect(lines.join('\n')).toContain(
      'Plugins see API keys in the requests to them',
    );
  });

  it('for the auth service, as in tests, logs a warning that keys are rejected', async () => {
    const { logger, lines } = recordLogs();
    const portal = await startTestPortal({
      port: await freePort(),
      logger,
      authService: mockServices.auth.factory(),
    });
    await portal.stop();
    expect(lines.join('\n')).toContain('API keys are refused everywhere');
  });

  it('for the token handler in a feature loader stops the start with an error of Backstage', async () => {
    await expect(
      startTestPortal({ features: [loaderOf(robots)] }),
    ).rejects.toThrow(
      'Duplicate service implementations provided for core.auth.pluginTokenHandlerDecorator by both feature loader',
    );
  });
});

describe('a factory that API keys decorate', () => {
  it('for the token handler works, and keys do too', async () => {
    const portal = await startTestPortal({ features: [behindApiKeys(robots)] });
    expect(await admittedTo(portal)).toEqual(ROBOTS_AND_KEYS);
  });

  it('works also in a feature loader, once the token handler of keys is added to the backend', async () => {
    const portal = await startTestPortal({
      features: [
        loaderOf(robots),
        apiKeyTokenHandlerServiceFactory,
        behindApiKeys(robots),
      ],
    });
    expect(await admittedTo(portal)).toEqual(ROBOTS_AND_KEYS);
  });

  it('for the user info service serves users, but not keys', async () => {
    const getUserInfo: UserInfoService['getUserInfo'] = async () => ({
      userEntityRef: 'user:default/ada',
      ownershipEntityRefs: ['group:default/of-the-company'],
    });
    const portal = await startTestPortal({
      features: [
        behindApiKeys(
          createServiceFactory({
            service: coreServices.userInfo,
            deps: {},
            factory: () => ({ getUserInfo }),
          }),
        ),
      ],
    });
    const token = await portal.signIn('ada');
    const { secret } = await portal.createKey('ada');
    const ownershipOf = async (bearer: string) => {
      const { body } = await portal.call('get', '/api/probe/whoami', bearer);
      return body.info.ownershipEntityRefs;
    };
    expect(await ownershipOf(token)).toEqual(['group:default/of-the-company']);
    expect(await ownershipOf(secret)).not.toContain(
      'group:default/of-the-company',
    );
    await portal.stop();
  });

  it('for the permissions service is called only for permissions of the key', async () => {
    const asked: string[] = [];
    const portal = await startTestPortal({
      features: [
        behindApiKeys(
          createServiceFactory({
            service: coreServices.permissions,
            deps: {},
            factory: () => ({
              authorize: async requests => {
                asked.push(...requests.map(one => one.permission.name));
                return requests.map(() => ({ result: AuthorizeResult.ALLOW }));
              },
              authorizeConditional: async requests =>
                requests.map(() => ({ result: AuthorizeResult.ALLOW })),
            }),
          }),
        ),
      ],
    });
    const { secret } = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'probe', permission: ['probe.a'] }],
    });
    asked.length = 0;
    const { body } = await portal
      .call('get', '/api/probe/ask?permission=probe.a,probe.b', secret)
      .expect(200);
    expect(body).toMatchObject([{ result: 'ALLOW' }, { result: 'DENY' }]);
    expect(asked).toEqual(['probe.a']);
    await portal.stop();
  });

  it.each([
    ['HTTP router', httpRouterServiceFactory],
    ['actions service', actionsServiceFactory],
  ])('for the %s works, and keys do too', async (_, factory) => {
    const portal = await startTestPortal({
      features: [behindApiKeys(factory)],
    });
    const { secret } = await portal.createKey('ada');
    const { status } = await portal.call('get', '/api/probe/whoami', secret);
    expect(status).toBe(200);
    await portal.stop();
  });

  it('replaces one of five services', () => {
    expect(() => behindApiKeys(httpAuthServiceFactory)).toThrow(
      `behindApiKeys was given a factory of 'core.httpAuth', and must be given one of core.auth.pluginTokenHandlerDecorator, core.httpRouter, core.permissions, core.userInfo, ${actionsServiceRef.id}`,
    );
  });
});

/** Tries a key, a key for another plugin, and a robot. */
async function admittedTo(portal: TestPortal) {
  const { secret } = await portal.createKey('ada');
  const restricted = await portal.createKey('ada', {
    accessRestrictions: [{ plugin: 'other' }],
  });
  const statusOf = async (bearer: string) => {
    const { status } = await portal.call('get', '/api/probe/whoami', bearer);
    return status;
  };
  const { body } = await portal
    .call('post', '/api/probe/direct')
    .send({ token: 'robot' });
  const admitted = {
    key: await statusOf(secret),
    restrictedKey: await statusOf(restricted.secret),
    robot: body.principal,
  };
  await portal.stop();
  return admitted;
}
