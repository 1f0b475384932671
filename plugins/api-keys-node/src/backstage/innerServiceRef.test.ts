import {
  coreServices,
  createBackendFeatureLoader,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';

const { userInfo } = coreServices;

const factoryOf = (owner: string) =>
  createServiceFactory({
    service: userInfo,
    deps: {},
    factory: () => ({
      getUserInfo: async () => ({
        userEntityRef: owner,
        ownershipEntityRefs: [],
      }),
    }),
  });

const loaderOf = (owner: string) =>
  createBackendFeatureLoader({
    *loader() {
      yield factoryOf(owner);
    },
  });

/** Returns the name of the factory that a backend uses. */
async function takenBy(
  ...features: (ReturnType<typeof factoryOf> | ReturnType<typeof loaderOf>)[]
): Promise<string> {
  let taken = '';
  const backend = await startTestBackend({
    features: [
      ...features,
      createBackendPlugin({
        pluginId: 'probe',
        register(reg) {
          reg.registerInit({
            deps: { userInfo },
            async init(deps) {
              const info = await deps.userInfo.getUserInfo(undefined as never);
              taken = info.userEntityRef;
            },
          });
        },
      }),
    ],
  });
  await backend.stop();
  return taken;
}

describe('of several factories of a service, Backstage', () => {
  it('silently prefers the one that was added to the one of a feature loader', async () => {
    expect(await takenBy(factoryOf('added'), loaderOf('loaded'))).toBe('added');
    expect(await takenBy(loaderOf('loaded'), factoryOf('added'))).toBe('added');
  });

  it.each([
    ['added', factoryOf],
    ['from feature loaders', loaderOf],
  ])('does not start with two that were %s', async (_, make) => {
    await expect(takenBy(make('one'), make('two'))).rejects.toThrow(
      'Duplicate service implementations provided for core.userInfo',
    );
  });
});
