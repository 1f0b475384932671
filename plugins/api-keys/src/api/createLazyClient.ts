import type {
  ApiKeysApi,
  ApiKeysClient,
} from 'backstage-plugin-api-keys-common';

type Options = ConstructorParameters<typeof ApiKeysClient>[0];

/** Creates a client whose code is loaded with the first request, to keep it out of the app's start. */
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
  // Every method is async. `then` is not one of them, so that `await client` does not call it.
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
