import http from 'node:http';

/** What a gateway sends: names and values in turn, so that there may be several of a name. */
export type SentHeaders = [name: string, value: string][];

/** What came back. */
export type Received = {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
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
    /** The address to send it from. */
    from?: string;
  },
): Promise<Received> {
  const { method = 'GET', path, headers = [], body, from } = options;
  const { hostname, port, host } = new URL(url);
  const length =
    body === undefined
      ? []
      : [['Content-Length', `${Buffer.byteLength(body)}`]];
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        hostname,
        port,
        method,
        path,
        localAddress: from,
        family: from ? 4 : undefined,
        agent: false,
        headers: [
          ['Host', host],
          ...length,
          ...headers,
        ].flat() as unknown as http.OutgoingHttpHeaders,
      },
      async response => {
        const chunks = await response.toArray().catch(reject);
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          text: Buffer.concat(chunks ?? []).toString(),
        });
      },
    );
    request.on('error', reject);
    request.end(body);
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
