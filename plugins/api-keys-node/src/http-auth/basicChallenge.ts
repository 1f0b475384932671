import type { IncomingMessage } from 'node:http';

/**
 * Offered beside the one for bearer tokens. As a header of its own: wget reads only the first challenge of each.
 */
export const BASIC_CHALLENGE = 'Basic realm="backstage", charset="UTF-8"';

/** What browsers, and libraries that stand in for them, send with each request. */
const BROWSER_HEADERS = [
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-fetch-dest',
  'sec-ch-ua',
  'origin',
  'x-requested-with',
];
/** Every browser calls itself Mozilla. Amazon CloudFront puts its own name in the place of the browser's. */
const BROWSER_AGENT = /mozilla|cloudfront/i;

/**
 * Whether a client without credentials can be asked for a user name and a password. Some clients send those that they have only
 * when asked: wget, git, Maven, Python's urllib. A browser would ask its user with a dialog of its own, so that whatever may be one is
 * not asked.
 */
export function acceptsBasicChallenge({ headers }: IncomingMessage): boolean {
  const agent = headers['user-agent'];
  return (
    !!agent &&
    !BROWSER_AGENT.test(agent) &&
    BROWSER_HEADERS.every(name => headers[name] === undefined)
  );
}
