import type { Request } from 'express';

const PARAMETER = 'api_key';

/** The values of the query parameter `api_key`. */
export function queriedKeys({ query }: Request): string[] {
  const given = query[PARAMETER];
  if (given === undefined) return [];
  return [given]
    .flat()
    .filter((value): value is string => typeof value === 'string');
}

/** Removes the query parameter: what is written of a request, to logs and into errors, is its URL. */
export function forgetQueriedKeys(req: Request): void {
  delete req.query[PARAMETER];
  req.url = withoutParameter(req.url);
  req.originalUrl = withoutParameter(req.originalUrl);
}

function withoutParameter(url: string): string {
  const start = url.indexOf('?');
  if (start < 0) return url;
  const rest = url
    .slice(start + 1)
    .split('&')
    .filter(part => !isParameter(part));
  const path = url.slice(0, start);
  return rest.length > 0 ? `${path}?${rest.join('&')}` : path;
}

/** `api_key[]=` is another spelling of it. */
function isParameter(part: string): boolean {
  const [name = ''] = new URLSearchParams(part).keys();
  return name === PARAMETER || name.startsWith(`${PARAMETER}[`);
}
