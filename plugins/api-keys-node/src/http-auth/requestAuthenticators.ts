import type { IncomingMessage } from 'node:http';
import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { RequestAuthenticator } from './RequestAuthenticator';

/** Authenticators of requests, by the id of the plugin that the requests are for. */
export type RequestAuthenticators = ReadonlyMap<string, RequestAuthenticator>;

const PLUGIN_PATH = /^\/api\/([^/?]+)/;

/** The authenticators of this backend process. A plugin has one once it has its `httpAuth` service. */
export const requestAuthenticatorsServiceRef = createServiceRef<
  Map<string, RequestAuthenticator>
>({
  id: 'api-keys.request-authenticators',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({ service, deps: {}, factory: () => new Map() }),
});

/** Returns the id of the plugin that a request is for; empty for none. */
export function requestedPluginOf({ url = '' }: IncomingMessage): string {
  const [, pluginId = ''] = PLUGIN_PATH.exec(url) ?? [];
  return pluginId;
}
