import type { IncomingMessage } from 'node:http';
import { parse } from 'cookie';

const BACKSTAGE_COOKIE = 'backstage-auth';

/** Returns the token in the cookie with which Backstage authenticates users on some routes. */
export function backstageCookieOf({
  headers: { cookie },
}: IncomingMessage): string | undefined {
  return cookie === undefined ? undefined : parse(cookie)[BACKSTAGE_COOKIE];
}
