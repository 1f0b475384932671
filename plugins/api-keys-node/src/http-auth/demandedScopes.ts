import type { Request } from 'express';

/** In upper and lower case, as Express finds it. */
const ROUTE = /^\/api\/api-keys\/v1\/verify(?:\/(.*))?$/is;
/** What no key carries. */
const NOBODYS: readonly string[] = [''];

/**
 * The scopes that a gateway demands of the key in its client's request, where gateways ask; undefined everywhere else.
 *
 * - `/v1/verify?scope=a&scope=b` is for gateways that send nothing of their client's path.
 * - `/v1/verify/scopes/{scope}`, and whatever comes behind it, is for the others.
 * - So is `/v1/verify/unscoped`, which demands none.
 *
 * In the last two, the query is the client's own and says nothing: whoever holds a key would choose what is demanded of it. For the same
 * reason nothing is left to chance: a path, parameter or scope that cannot be meant demands what no key carries.
 */
export function demandedScopes(
  req: Pick<Request, 'baseUrl' | 'path' | 'url'>,
): readonly string[] | undefined {
  const match = ROUTE.exec(req.baseUrl + req.path);
  if (!match) return undefined;
  const [, rest] = match;
  if (rest === undefined) return scopesInQuery(req.url);
  const [kind, scopes = ''] = rest.split('/');
  if (kind === 'unscoped') return [];
  return kind === 'scopes' ? scopesIn(decoded(scopes)) : NOBODYS;
}

function scopesInQuery(url: string): readonly string[] {
  const [, query = ''] = url.split(/\?(.*)/s);
  return [...new URLSearchParams(query)].flatMap(([name, value]) =>
    name === 'scope' ? scopesIn(value) : NOBODYS,
  );
}

/** Several are separated by blanks (RFC 6749 §3.3). A variable that is not set demands something, too. */
function scopesIn(value: string): readonly string[] {
  const scopes = value.split(' ').filter(Boolean);
  return scopes.length > 0 ? scopes : NOBODYS;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
