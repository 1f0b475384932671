import http from 'node:http';

/** Headers of a request of a gateway, as pairs, so that a name can occur several times. */
export type SentHeaders = [name: string, value: string][];

/** Response to the gateway. */
export type Received = {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** True if the server asked for the body with a 100. */
  continued: boolean;
};

/** Sends a request unchanged: its path is not normalized and no headers are added. */
export function send(
  url: string,
  options: {
    method?: string;
    /** Path and query, exactly as sent. */
    path: string;
    headers?: SentHeaders;
    body?: Buffer | string;
    /** Sends the body in chunks, without its length. */
    isChunked?: boolean;
    /** Sends the body only after a response 100. */
    waitsToContinue?: boolean;
    /** Local address to send from. */
    from?: string;
    /** Reuses connections; without an agent, each request opens its own. */
    agent?: http.Agent;
  },
): Promise<Received> {
  const { method = 'GET', path, headers = [], body, from, agent } = options;
  const { isChunked, waitsToContinue } = options;
  const { hostname, port, host } = new URL(url);
  const framing = isChunked
    ? ['Transfer-Encoding', 'chunked']
    : ['Content-Length', `${Buffer.byteLength(body ?? '')}`];
  let continued = false;
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        hostname,
        port,
        method,
        path,
        localAddress: from,
        family: from ? 4 : undefined,
        agent: agent ?? false,
        headers: [
          ['Host', host],
          ...(body === undefined ? [] : [framing]),
          ...(waitsToContinue ? [['Expect', '100-continue']] : []),
          ...headers,
        ].flat() as unknown as http.OutgoingHttpHeaders,
      },
      async response => {
        const chunks = await response.toArray().catch(reject);
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          text: Buffer.concat(chunks ?? []).toString(),
          continued,
        });
        if (waitsToContinue && !continued) request.destroy();
      },
    );
    request.on('error', reject);
    if (!waitsToContinue) request.end(body);
    request.on('continue', () => {
      if (waitsToContinue && !continued) request.end(body);
      continued = true;
    });
    if (waitsToContinue) request.flushHeaders();
  });
}

/** Returns the headers that /v1/verify always sets. */
export function keyHeadersOf({ headers }: Received) {
  return {
    id: headers['x-api-key-id'],
    subject: headers['x-api-key-subject'],
    owner: headers['x-api-key-owner'],
    scopes: headers['x-api-key-scopes'],
  };
}

export const NO_KEY = { id: '', subject: '', owner: '', scopes: '' };
