import { DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { PluginTokenHandler } from './tokenHandler';

export const CALL_TIMEOUT_MS = 10_000;

/** Calls other plugins as the plugin that it is made for, before there is an `auth` service that could. */
export class PluginClient {
  readonly #pluginId: string;
  readonly #inner: PluginTokenHandler;
  readonly #discovery: DiscoveryService;

  constructor(options: {
    pluginId: string;
    inner: PluginTokenHandler;
    discovery: DiscoveryService;
  }) {
    this.#pluginId = options.pluginId;
    this.#inner = options.inner;
    this.#discovery = options.discovery;
  }

  /**
   * @returns the body of the answer
   * @throws ResponseError for an error response, and the error of fetch if there is no response
   */
  async post<T>(
    targetPluginId: string,
    path: string,
    { headers, body }: { headers: Record<string, string>; body?: string },
  ): Promise<T> {
    const { token } = await this.#inner.issueToken({
      pluginId: this.#pluginId,
      targetPluginId,
    });
    const baseUrl = await this.#discovery.getBaseUrl(targetPluginId);
    const response = await fetch(`${baseUrl}${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, ...headers },
      body,
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }
}
