import { LeakReport, LeakReporter } from '../lifecycle/LeakReport';

const URL_MAX_LENGTH = 2000;
const SOURCE_MAX_LENGTH = 100;
/** The format of secrets, matching rather too much than too little. */
const SECRETS = /[a-z][a-z0-9]{1,11}_[0-9a-z]{40,}/gi;
/** Encoded letters, digits and other characters that need no encoding (RFC 3986 §2.3). */
const UNRESERVED = /%(4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae]|3[0-9]|2[de])/gi;

/**
 * Cleans the place that a scanner names, which is untrusted text that people will read: it must be a web address, and must not
 * contain a secret, which the address of a log line may.
 */
export function toLeakReport(
  scanner: LeakReporter,
  told: { url?: string | null; source?: string | null },
): LeakReport {
  const url = addressOf(told.url ?? '');
  const source = withoutSecrets(told.source ?? '')
    .replaceAll(/\p{C}/gu, ' ')
    .trim()
    .slice(0, SOURCE_MAX_LENGTH);
  return { scanner, ...(url && { url }), ...(source && { source }) };
}

function addressOf(text: string): string | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
  url.username = '';
  url.password = '';
  // After parsing, the address contains neither blanks nor control characters.
  const address = url.href.replaceAll(UNRESERVED, decodeURIComponent);
  return withoutSecrets(address).slice(0, URL_MAX_LENGTH);
}

function withoutSecrets(text: string): string {
  return text.replaceAll(SECRETS, '…');
}
