import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Request } from 'express';
import { parseAddress } from './parseAddress';

/**
 * A request that Express has seen, or one for a websocket, which it has not.
 *
 * @public
 */
export type AddressedRequest = IncomingMessage & Partial<Pick<Request, 'app'>>;

/**
 * Returns the address of a request's client, as far as `backend.trustProxy` says whose word counts: `req.ip` of Express, with
 * the addresses read before they are compared. Express itself takes the entries of `X-Forwarded-For` as text, so that
 * `10.0.0.5:4711` is no proxy that it trusts.
 *
 * The header `Forwarded` is not read: a client that sends it through a proxy that knows only `X-Forwarded-For` would choose its
 * address.
 *
 * For a request that Express has not seen, the app of its server says which proxies to trust.
 *
 * @returns undefined for what cannot be read, and for a request to a server without such an app
 * @public
 */
export function clientAddress(req: AddressedRequest): string | undefined {
  const app = req.app ?? appOf(req.socket);
  const isTrusted: TrustProxy | undefined = app?.get('trust proxy fn');
  if (typeof isTrusted !== 'function') return undefined;
  const hops = [req.socket.remoteAddress ?? '', ...forwardedFor(req)];
  let i = 0;
  while (
    i < hops.length - 1 &&
    isTrusted(parseAddress(hops[i]) ?? hops[i], i)
  ) {
    i++;
  }
  return parseAddress(hops[i]);
}

/** Backstage has an Express app answer the requests of its server. */
function appOf(socket: Socket & { server?: Server }): Settings | undefined {
  return socket.server
    ?.listeners('request')
    .map(listener => listener as Partial<Settings>)
    .find((app): app is Settings => typeof app.get === 'function');
}

type Settings = { get(name: string): any };

type TrustProxy = (address: string, hop: number) => boolean;

/** The entries of `X-Forwarded-For`, the nearest first. */
function forwardedFor({ headers }: IncomingMessage): string[] {
  const header = headers['x-forwarded-for'];
  if (header === undefined) return [];
  return String(header)
    .split(',')
    .map(entry => entry.trim())
    .filter(Boolean)
    .reverse();
}
