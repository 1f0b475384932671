import type {
  ApiKeysApi,
  ApiKeysClient,
} from 'backstage-plugin-api-keys-common';

type Options = ConstructorParameters<typeof ApiKeysClient>[0];

/** Creates a client whose code is fetched with the first request, so that apps start without it. */
export function createLazyClient(options: Options): ApiKeysApi {
  let client: Promise<ApiKeysApi> | undefined;
  const load = () => {
    client ??= import('./client').then(
      module => new module.ApiKeysClient(options),
    );
    client.catch(() => {
      // The next request tries again.
      client = undefined;
    });
    return client;
  };
  // Every method answers with a promise. It is none itself: nobody who awaits it is to find a method `then`.
  return new Proxy({} as ApiKeysApi, {
    get: (_, name) =>
      name === 'then'
        ? undefined
        : async (...args: unknown[]) => {
            const loaded = (await load()) as unknown as Record<
              string | symbol,
              (...args: unknown[]) => unknown
            >;
            return loaded[name](...args);
          },
  });
}
