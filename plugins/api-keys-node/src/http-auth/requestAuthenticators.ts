import type { IncomingMessage } from 'node:http';
import type { ApiKeyRuntime } from '../runtime';
import type { RequestAuthenticator } from './RequestAuthenticator';

/** What authenticates the requests to each plugin, by the id of the plugin. */
export type RequestAuthenticators = ReadonlyMap<string, RequestAuthenticator>;

const PLUGIN_PATH = /^\/api\/([^/?]+)/;

const ofRuntimes = new WeakMap<
  ApiKeyRuntime,
  Map<string, RequestAuthenticator>
>();

/**
 * Returns what authenticates the requests to each plugin of a backend process, by the id of the plugin. A plugin has one once it
 * has its `httpAuth` service.
 */
export function requestAuthenticatorsOf(
  runtime: ApiKeyRuntime,
): Map<string, RequestAuthenticator> {
  const known = ofRuntimes.get(runtime);
  if (known) return known;
  const authenticators = new Map<string, RequestAuthenticator>();
  ofRuntimes.set(runtime, authenticators);
  return authenticators;
}

/** Returns the id of the plugin that a request is for; empty for none. */
export function requestedPluginOf({ url = '' }: IncomingMessage): string {
  const [, pluginId = ''] = PLUGIN_PATH.exec(url) ?? [];
  return pluginId;
}
