import http from 'node:http';

/** What a gateway sends: names and values in turn, so that there may be several of a name. */
export type SentHeaders = [name: string, value: string][];

/** What came back. */
export type Received = {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** Whether the body was asked for, by an answer 100. */
  continued: boolean;
};

/** Sends a request as it is: nothing of its path is tidied up, and nothing is added to its headers. */
export function send(
  url: string,
  options: {
    method?: string;
    /** With the query, as it goes over the wire. */
    path: string;
    headers?: SentHeaders;
    body?: Buffer | string;
    /** Sends the body without saying how long it is. */
    isChunked?: boolean;
    /** Sends the body when it is asked for by an answer 100, and not before. */
    waitsToContinue?: boolean;
    /** The address to send it from. */
    from?: string;
    /** Keeps connections; without one, each request has its own. */
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

/** The headers that are always there at /v1/verify. */
export function keyHeadersOf({ headers }: Received) {
  return {
    id: headers['x-api-key-id'],
    subject: headers['x-api-key-subject'],
    owner: headers['x-api-key-owner'],
    scopes: headers['x-api-key-scopes'],
  };
}

export const NO_KEY = { id: '', subject: '', owner: '', scopes: '' };
