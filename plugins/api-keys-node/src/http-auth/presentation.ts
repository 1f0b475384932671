import { redactSecrets } from 'backstage-plugin-api-keys-common';
import { ApiKeyRefusedError } from '../verification/errors';
import { containsSecret } from '../secret';
import { CredentialSources } from './CredentialSources';

/*
 * Answers to API keys that are presented in a wrong place or form. They are the same for every well-formed secret, whether there is
 * such a key or not, and never repeat what was sent.
 */

/** Returns the refusal of a key in a place where none is accepted. */
export function notAcceptedIn(
  source: string,
  accept: CredentialSources,
): ApiKeyRefusedError {
  return refusal(`API keys are not accepted in ${source}`, accept);
}

/** Problems of a key in the header `Authorization` with each scheme. */
const SCHEME_PROBLEMS = new Map([
  ['', 'Authorization has no scheme before the API key'],
  [
    'bearer',
    'Authorization: Bearer takes the API key alone, without quotes, colons or other text',
  ],
  [
    'basic',
    'Authorization: Basic takes the base64 of a user name, a colon and the API key as password',
  ],
]);

/**
 * Returns the refusal of a key in `Authorization` that cannot be read.
 *
 * @param value - of the header, with a secret in it
 */
export function malformedAuthorization(
  value: string,
  accept: CredentialSources,
): ApiKeyRefusedError {
  const [, scheme = ''] = /^\s*([a-z]+)\b(?!_)/i.exec(value) ?? [];
  const problem =
    SCHEME_PROBLEMS.get(scheme.toLowerCase()) ??
    'The scheme of Authorization is not for API keys';
  return refusal(problem, accept);
}

/**
 * Returns the refusal of a request that has no credentials, and a key in some header that is not for keys, or with other text.
 *
 * @param rawHeaders - as the client sent them
 */
export function misplacedIn(
  rawHeaders: readonly string[],
  accept: CredentialSources,
): ApiKeyRefusedError | undefined {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!containsSecret(rawHeaders[i + 1])) continue;
    const name = redactSecrets(rawHeaders[i].toLowerCase());
    if (name === 'cookie') return notAcceptedIn('cookies', accept);
    return name === accept.header
      ? refusal(`The header ${name} takes the API key alone`, accept)
      : notAcceptedIn(`the header ${name}`, accept);
  }
  return undefined;
}

function refusal(problem: string, accept: CredentialSources) {
  const form = acceptedForm(accept);
  return new ApiKeyRefusedError(form ? `${problem}: send ${form}` : problem);
}

/** The best of the forms that are accepted. */
function acceptedForm({ bearer, header, basic, query }: CredentialSources) {
  if (bearer) return 'Authorization: Bearer <API key>';
  if (header) return `${header}: <API key>`;
  if (basic) return 'it as the password of HTTP Basic';
  return query ? 'it as the query parameter api_key' : undefined;
}
