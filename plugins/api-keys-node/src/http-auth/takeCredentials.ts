import type { IncomingMessage } from 'node:http';
import { InputError } from '@backstage/errors';
import {
  containsSecret,
  redactSecrets,
} from 'backstage-plugin-api-keys-common';
import { findSecrets, looksLikeSecret } from '../secret';
import { CredentialSources } from './CredentialSources';
import { backstageCookieOf } from './cookies';
import {
  basicCredentialsIn,
  bearerTokensIn,
  valuesOf,
} from './credentialHeaders';
import { removeHeader, takeHeaderSecrets } from './headerSecrets';
import {
  malformedAuthorization,
  misplacedIn,
  notAcceptedIn,
} from './presentation';
import { takeRequestUrlSecrets } from './requestUrl';
import { UrlSecret } from './urlSecrets';

/** The credential of a request, from which every API key was removed. */
export type TakenCredentials =
  /** No key: a bearer token of a session or a plugin, or nothing. */
  | {
      type: 'other';
      /** Explains where a key belongs if it is in another header. */
      misplaced?: Error;
    }
  | {
      type: 'key';
      secret: string;
      /** All subprotocols that the request offers, if the key is one of them. */
      webSocketProtocols?: string[];
    }
  /** A key in a place where none is accepted, or next to another credential. */
  | { type: 'refused'; error: Error };

type Presented = {
  value: string;
  source: string;
  /** Creates the error for a key that is not accepted there. */
  refuse?: () => Error;
};

const BEARER = 'Authorization: Bearer';
const WEBSOCKET_PROTOCOL = 'Sec-WebSocket-Protocol';

/**
 * Removes every API key from the headers and the URL of a request, since plugins log them, forward them to upstreams and put
 * them into errors. A key outside of the places for credentials is removed without being verified.
 */
export function takeCredentials(
  req: IncomingMessage,
  options: { secretPrefix: string; accept: CredentialSources },
): TakenCredentials {
  const { secretPrefix, accept } = options;
  const isKey = ({ value }: Presented) => looksLikeSecret(value, secretPrefix);
  const { rawHeaders } = req;
  const inHeaders = [
    ...authorizationsOf(req, accept),
    ...headersOf(req, accept),
    ...webSocketProtocolsOf(req),
    ...cookiesOf(req, accept),
  ];
  const inUrl = takeRequestUrlSecrets(req, secretPrefix);
  takeHeaderSecrets(req, { secretPrefix, keyHeader: accept.header });
  const hadSecrets = req.rawHeaders !== rawHeaders;

  const keys: Presented[] = [
    ...inHeaders.filter(isKey),
    ...(hadSecrets
      ? malformedAuthorizationsOf({ rawHeaders }, accept, secretPrefix)
      : []),
    ...inUrl.map(({ value, isCredential }) =>
      presentedIn('the URL', value, accept, isCredential && accept.query),
    ),
  ];
  const [key] = keys;
  if (!key) {
    const misplaced = hadSecrets ? misplacedIn(rawHeaders, accept) : undefined;
    return { type: 'other', misplaced };
  }
  // If keys are not accepted as bearer tokens, a bearer token next to a key is for another system, such as a proxy.
  const sessions = inHeaders.filter(
    one =>
      accept.bearer &&
      one.source === BEARER &&
      !isKey(one) &&
      !containsSecret(one.value),
  );
  const error = refusalOf([...keys, ...sessions], inUrl);
  if (error) return { type: 'refused', error };
  // Even if the key is refused, nothing else in the request is a credential.
  removeHeader(req, 'authorization');
  return {
    type: 'key',
    secret: key.value,
    webSocketProtocols:
      key.source === WEBSOCKET_PROTOCOL
        ? inHeaders
            .filter(({ source }) => source === WEBSOCKET_PROTOCOL)
            .map(({ value }) => value)
        : undefined,
  };
}

/**
 * Returns the reason for refusing a request with a key, if there is one.
 *
 * @param credentials - all credentials of the request; the first is a key
 */
function refusalOf(
  credentials: readonly Presented[],
  inUrl: readonly UrlSecret[],
): Error | undefined {
  const [key, ...others] = credentials;
  const strayed = inUrl.find(({ isCredential }) => !isCredential);
  if (strayed && others.length > 0) {
    const { parameter } = strayed;
    const where =
      parameter === undefined ? 'The path' : `${redactSecrets(parameter)}:`;
    return new InputError(
      `${where} contains an API key: remove it, and revoke the key if others may have seen it`,
    );
  }
  if (others.length > 0) {
    const sources = credentials.map(({ source }) => source).join(', ');
    return new InputError(
      `A request may carry one credential, and this one carries ${credentials.length}: ${sources}`,
    );
  }
  return key.refuse?.();
}

function authorizationsOf(
  req: IncomingMessage,
  accept: CredentialSources,
): Presented[] {
  return valuesOf(req, 'authorization').flatMap(header => [
    ...bearerTokensIn(header).map(value =>
      presentedIn(BEARER, value, accept, accept.bearer),
    ),
    ...basicCredentialsIn(header).map(value =>
      presentedIn('Authorization: Basic', value, accept, accept.basic),
    ),
  ]);
}

/** Finds keys in `Authorization` without a scheme, with a scheme that does not accept keys, or in a wrong format for the scheme. */
function malformedAuthorizationsOf(
  req: Pick<IncomingMessage, 'rawHeaders'>,
  accept: CredentialSources,
  secretPrefix: string,
): Presented[] {
  return valuesOf(req, 'authorization').flatMap(header => {
    const isReadable = [
      ...bearerTokensIn(header),
      ...basicCredentialsIn(header),
    ].some(value => looksLikeSecret(value, secretPrefix));
    const [secret] = isReadable ? [] : findSecrets(header);
    if (secret === undefined) return [];
    const refuse = () => malformedAuthorization(header, accept);
    return [{ value: secret, source: 'Authorization', refuse }];
  });
}

function presentedIn(
  source: string,
  value: string,
  accept: CredentialSources,
  isAccepted: boolean,
): Presented {
  if (isAccepted) return { value, source };
  return { value, source, refuse: () => notAcceptedIn(source, accept) };
}

/** Ignores a header whose value is no key, since it is for another system. */
function headersOf(
  req: IncomingMessage,
  { header }: CredentialSources,
): Presented[] {
  if (!header) return [];
  return valuesOf(req, header).map(value => ({
    value: value.trim(),
    source: `the header ${header}`,
  }));
}

/** Browsers cannot set any other header of a websocket, so Backstage reads tokens from this one. */
function webSocketProtocolsOf(req: IncomingMessage): Presented[] {
  if (req.headers.upgrade?.toLowerCase() !== 'websocket') return [];
  return valuesOf(req, 'sec-websocket-protocol')
    .flatMap(value => value.split(','))
    .map(value => ({
      value: value.trim(),
      source: WEBSOCKET_PROTOCOL,
    }));
}

function cookiesOf(
  req: IncomingMessage,
  accept: CredentialSources,
): Presented[] {
  const value = backstageCookieOf(req);
  return value === undefined
    ? []
    : [presentedIn('cookies', value, accept, false)];
}
