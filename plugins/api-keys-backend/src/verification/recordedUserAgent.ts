import { redactSecrets } from 'backstage-plugin-api-keys-node';

/** What the column holds. */
const MAX_LENGTH = 255;

/**
 * Returns what is recorded of a user agent: without secrets, which are redacted before the rest is cut, and with nothing that
 * PostgreSQL does not take as text or that reorders the text beside it. One that PostgreSQL does not take would keep all others
 * from being written.
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
