import { redactSecrets } from 'backstage-plugin-api-keys-node/internal';

/** Length of the column. */
const MAX_LENGTH = 255;

/**
 * Returns the part of a user agent that is recorded. Secrets are redacted before it is cut, and characters that PostgreSQL does
 * not accept in text or that reorder adjacent text are removed. A single user agent that PostgreSQL rejects would block the
 * writing of all others.
 */
export function recordedUserAgent(
  userAgent: string | undefined,
): string | undefined {
  return (
    userAgent &&
    redactSecrets(userAgent)
      .slice(0, MAX_LENGTH)
      .replace(/[\p{Cc}\p{Cs}\p{Bidi_C}\p{Zl}\p{Zp}]/gu, '\ufffd')
  );
}
