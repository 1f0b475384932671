import type { IncomingMessage } from 'node:http';

/**
 * Sent in addition to the challenge for bearer tokens, as a separate header, since wget reads only the first challenge of each
 * header.
 */
export const BASIC_CHALLENGE = 'Basic realm="backstage", charset="UTF-8"';

/** Headers that browsers, and libraries that imitate them, send with each request. */
const BROWSER_HEADERS = [
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-fetch-dest',
  'sec-ch-ua',
  'origin',
  'x-requested-with',
];
/** Every browser calls itself Mozilla. Amazon CloudFront replaces the browser's name with its own. */
const BROWSER_AGENT = /mozilla|cloudfront/i;

/**
 * Returns true if a client without credentials can be challenged for a user name and a password. Some clients send credentials
 * only after a challenge: wget, git, Maven, Python's urllib. A browser would open a log-in dialog, so anything that may be a
 * browser is not challenged.
 */
export function acceptsBasicChallenge({ headers }: IncomingMessage): boolean {
  const agent = headers['user-agent'];
  return (
    !!agent &&
    !BROWSER_AGENT.test(agent) &&
    BROWSER_HEADERS.every(name => headers[name] === undefined)
  );
}
