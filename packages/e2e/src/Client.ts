import { Agent, request } from 'node:http';

/** Outcome of a request. Times are those of `performance.now()`. */
export type Attempt = {
  url: string;
  sentAt: number;
  endedAt: number;
  /** Undefined without a response. */
  status?: number;
  retryAfter?: string;
  body: string;
  /** Error code when there was no response: `ECONNREFUSED`, `ECONNRESET`, `timeout`. */
  error?: string;
  /** True if the connection was reused, so that the server may have closed it at the same moment. */
  reused: boolean;
};

type Options = {
  method?: string;
  token?: string;
  json?: unknown;
  headers?: Record<string, string>;
  timeoutMs?: number;
};

const TIMEOUT_MS = 30_000;

/** HTTP client that keeps connections alive and reports every outcome. */
export class Client {
  readonly #agent: Agent;

  /** @param connections - maximum per portal */
  constructor(connections = Infinity) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Never throws: a request without a response is an outcome as well. */
  send(
    url: string,
    {
      method = 'GET',
      token,
      json,
      headers: more,
      timeoutMs = TIMEOUT_MS,
    }: Options = {},
  ): Promise<Attempt> {
    const sentAt = performance.now();
    const headers = {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(json !== undefined && { 'Content-Type': 'application/json' }),
      ...more,
    };
    const sent = request(url, { method, headers, agent: this.#agent });
    sent.setTimeout(timeoutMs, () => sent.destroy(new Error('timeout')));
    return new Promise(resolve => {
      const end = (outcome: Partial<Attempt>) =>
        resolve({
          url,
          sentAt,
          endedAt: performance.now(),
          body: '',
          reused: sent.reusedSocket,
          ...outcome,
        });
      const fail = (error: NodeJS.ErrnoException) =>
        end({ error: error.code ?? error.message });
      sent.on('error', fail);
      sent.on('response', response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        // A response that breaks off counts as none.
        response.on('error', fail);
        response.on('end', () =>
          end({
            status: response.statusCode,
            retryAfter: response.headers['retry-after'],
            body: Buffer.concat(chunks).toString(),
          }),
        );
      });
      sent.end(json === undefined ? undefined : JSON.stringify(json));
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
