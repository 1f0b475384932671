import type { Request } from 'express';

/** In upper and lower case, as Express finds it. */
const ROUTE = /^\/api\/api-keys\/v1\/verify(?:\/(.*))?$/is;
/** A scope that no key can have, so that the check fails closed. */
const UNSATISFIABLE_SCOPES: readonly string[] = [''];

/**
 * Returns the scopes that a gateway requires of the key in its client's request, where gateways ask; undefined everywhere else.
 *
 * - `/v1/verify?scope=a&scope=b` is for gateways that send nothing of their client's path.
 * - `/v1/verify/scopes/{scope}`, and whatever comes behind it, is for the others.
 * - So is `/v1/verify/unscoped`, which requires none.
 *
 * In the last two, the query is the client's own and is ignored: the holder of a key would choose the scopes that are required of it. For the same
 * reason a path, parameter or scope that cannot be meant requires a scope that no key has.
 */
export function readRequiredScopes(
  req: Pick<Request, 'baseUrl' | 'path' | 'url'>,
): readonly string[] | undefined {
  const match = ROUTE.exec(req.baseUrl + req.path);
  if (!match) return undefined;
  const [, rest] = match;
  if (rest === undefined) return scopesInQuery(req.url);
  const [kind, scopes = ''] = rest.split('/');
  if (kind === 'unscoped') return [];
  return kind === 'scopes' ? scopesIn(decoded(scopes)) : UNSATISFIABLE_SCOPES;
}

function scopesInQuery(url: string): readonly string[] {
  const [, query = ''] = url.split(/\?(.*)/s);
  return [...new URLSearchParams(query)].flatMap(([name, value]) =>
    name === 'scope' ? scopesIn(value) : UNSATISFIABLE_SCOPES,
  );
}

/** Several are separated by blanks (RFC 6749 §3.3). A variable that is not set requires one, too. */
function scopesIn(value: string): readonly string[] {
  const scopes = value.split(' ').filter(Boolean);
  return scopes.length > 0 ? scopes : UNSATISFIABLE_SCOPES;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
