import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';

/** Service behind a plugin. */
export type EchoUpstream = {
  url: string;
  /** Every request that it received. */
  requests: string[];
  stop(): void;
};

/** Starts a service that answers with the request that it received. */
export async function startEchoUpstream(): Promise<EchoUpstream> {
  const requests: string[] = [];
  const server = createServer(async (req, res) => {
    const { method, url, headers, rawHeaders } = req;
    const body = String(Buffer.concat(await req.toArray()));
    const echo = JSON.stringify({ method, url, headers, rawHeaders, body });
    requests.push(echo);
    res.setHeader('Content-Type', 'application/json');
    res.end(echo);
  }).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    requests,
    stop: () => server.close(),
  };
}
