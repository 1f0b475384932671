import { ApiKeysApi } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from './FakeApiKeysApi';

/** Turns the correct body into an answer. */
export type Answer = (body: unknown) => Response | Promise<Response>;

const good: Answer = body => Response.json(body);

type Method = keyof ApiKeysApi;

/** Requests of the pages, by path. */
const READS: [RegExp, Method, (api: FakeApiKeysApi) => Promise<unknown>][] = [
  [/^\/policy$/, 'getPolicy', api => api.getPolicy()],
  [/^\/keys$/, 'listKeys', api => api.listKeys()],
  [/^\/keys\/k1$/, 'getKey', api => api.getKey('k1')],
  [/^\/keys\/k1\/events$/, 'listKeyEvents', api => api.listKeyEvents('k1')],
  [/^\/keys\/k1\/usage$/, 'getKeyUsage', api => api.getKeyUsage('k1')],
  [/^\/usage$/, 'listUsage', api => api.listUsage(['k1'])],
  [
    /^\/owners\/unconfirmed$/,
    'listUnconfirmedOwners',
    api => api.listUnconfirmedOwners(),
  ],
  [
    /^\/scopes\/.+\/keys$/,
    'listScopeKeys',
    api => api.listScopeKeys('api:default/ada'),
  ],
  [/^\/admin\/keys$/, 'listAllKeys', api => api.listAllKeys()],
  [/^\/admin\/summary$/, 'getSummary', api => api.getSummary()],
  [/^\/admin\/events$/, 'listAllEvents', api => api.listAllEvents()],
  [
    /^\/admin\/warnings$/,
    'listUpcomingWarnings',
    api => api.listUpcomingWarnings(),
  ],
  [/^\/admin\/policies$/, 'listOwnerPolicies', api => api.listOwnerPolicies()],
];

/** Answers the requests of the client, and can simulate failures of the server, the network and proxies. */
export class FakeBackend {
  /** The methods of the API that were called. */
  readonly called = new Set<Method>();
  readonly #api: FakeApiKeysApi;
  #broken: { method?: Method; answer: Answer } | undefined;

  constructor(api: FakeApiKeysApi) {
    this.#api = api;
  }

  /** Replaces the answer of one method, or of all. */
  break(answer: Answer, method?: Method) {
    this.#broken = { answer, method };
  }

  readonly fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : `${input}`);
    const path = url.pathname.split('/v1')[1];
    const read = READS.find(([pattern]) => pattern.test(path));
    if (!read) throw new Error(`No page asks for ${path}`);
    const [, method, answer] = read;
    this.called.add(method);
    const isBroken = this.#broken && (this.#broken.method ?? method) === method;
    return (isBroken ? this.#broken!.answer : good)(await answer(this.#api));
  };
}

/** Replaces every value with one of a wrong type, and keeps the structure. */
function garble(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(garble);
  if (value === null) return { garbled: true };
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, garble(each)]),
    );
  }
  return typeof value === 'string' ? 42 : 'garbled';
}

const UNAVAILABLE = {
  error: { name: 'ServiceUnavailableError', message: 'The database is away' },
  response: { statusCode: 503 },
};

const html = (status: number) => () =>
  new Response('<!doctype html><title>Sign in</title>', {
    status,
    headers: { 'Content-Type': 'text/html' },
  });

/** Failures of a single request. */
export const FAILURES: [what: string, Answer][] = [
  ['is unavailable', () => Response.json(UNAVAILABLE, { status: 503 })],
  ['answers with other types', body => Response.json(garble(body))],
];

/** Failures of all requests, caused by the network or a proxy. */
export const OUTAGES: [what: string, Answer][] = [
  ['cannot be reached', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['fails with HTML', html(502)],
  ['answers with HTML', html(200)],
  ['answers with null', () => Response.json(null)],
];

/** Never answers. */
export const hang: Answer = () => new Promise(() => {});
