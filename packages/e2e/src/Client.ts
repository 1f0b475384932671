import { Agent, request } from 'node:http';

/** What became of a request. Times are those of `performance.now()`. */
export type Attempt = {
  url: string;
  sentAt: number;
  endedAt: number;
  /** None if there was no answer. */
  status?: number;
  retryAfter?: string;
  body: string;
  /** Why there was no answer: `ECONNREFUSED`, `ECONNRESET`, `timeout`. */
  error?: string;
  /** Whether the connection had been used before, so that the other side may have closed it just then. */
  reused: boolean;
};

type Options = {
  method?: string;
  token?: string;
  json?: unknown;
  timeoutMs?: number;
};

const TIMEOUT_MS = 30_000;

/** Calls portals over connections that are kept, and tells exactly what happens. */
export class Client {
  readonly #agent: Agent;

  /** @param connections - to each portal at the most */
  constructor(connections = Infinity) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Never throws: no answer is an outcome as well. */
  send(
    url: string,
    { method = 'GET', token, json, timeoutMs = TIMEOUT_MS }: Options = {},
  ): Promise<Attempt> {
    const sentAt = performance.now();
    const headers = {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(json !== undefined && { 'Content-Type': 'application/json' }),
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
        // An answer that breaks off in the middle is none.
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
