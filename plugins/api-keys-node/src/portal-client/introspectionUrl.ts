import { isIPv4 } from 'node:net';

/** @throws Error for an address that secrets must not be sent to */
export function readIntrospectionUrl(options: {
  introspectionUrl: string | URL;
  allowInsecure?: boolean;
}): URL {
  const { introspectionUrl, allowInsecure = false } = options;
  const url = parse(introspectionUrl);
  const isSafe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && (allowInsecure || isLoopback(url)));
  if (!url || !isSafe) {
    throw new Error(
      `introspectionUrl is ${introspectionUrl}, and must be an https: URL; http: is for localhost, and elsewhere only with allowInsecure`,
    );
  }
  if (url.username || url.password) {
    throw new Error(
      'introspectionUrl must not have a user name or password: what to ask with is the credential',
    );
  }
  return url;
}

function parse(text: string | URL): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Names below `localhost` may be anybody's: Node asks DNS about them. */
function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    (isIPv4(hostname) && hostname.startsWith('127.'))
  );
}
