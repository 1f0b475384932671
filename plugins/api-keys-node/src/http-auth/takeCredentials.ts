import type { IncomingMessage } from 'node:http';
import { InputError } from '@backstage/errors';
import {
  containsSecret,
  redactSecrets,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyRefusedError } from '../errors';
import { looksLikeSecret } from '../secret';
import { AcceptedPlaces } from './AcceptedPlaces';
import { backstageCookieOf } from './cookies';
import {
  basicCredentialsOf,
  bearerTokensOf,
  valuesOf,
} from './credentialHeaders';
import { takeHeaderSecrets } from './headerSecrets';
import { takeRequestUrlSecrets } from './requestUrl';
import { UrlSecret } from './urlSecrets';

/** What a request presents as its credential, once every API key is taken out of it. */
export type TakenCredentials =
  /** No key: a bearer token of a session or a plugin, or nothing. */
  | { type: 'other' }
  | {
      type: 'key';
      secret: string;
      /** All that the request offers, if the key is one of them. */
      webSocketProtocols?: string[];
    }
  /** A key where none is accepted, or beside another credential. */
  | { type: 'refused'; error: Error };

type Presented = {
  value: string;
  source: string;
  /** Whether keys are accepted there. */
  isAccepted: boolean;
};

const BEARER = 'Authorization: Bearer';
const WEBSOCKET_PROTOCOL = 'Sec-WebSocket-Protocol';

/**
 * Takes every API key out of a request, wherever it is: headers and URL go on to plugins, which log them, pass them on to
 * upstreams and put them into errors. A key in any other place than those for credentials is removed, too, and is not judged.
 */
export function takeCredentials(
  req: IncomingMessage,
  options: { secretPrefix: string; accept: AcceptedPlaces },
): TakenCredentials {
  const { secretPrefix, accept } = options;
  const inHeaders = [
    ...authorizationsOf(req, accept),
    ...headersOf(req, accept),
    ...webSocketProtocolsOf(req),
    ...cookiesOf(req),
  ];
  const inUrl = takeRequestUrlSecrets(req, secretPrefix);
  takeHeaderSecrets(req, { secretPrefix, keyHeader: accept.header });

  const isKey = ({ value }: Presented) => looksLikeSecret(value, secretPrefix);
  const keys = [
    ...inHeaders.filter(isKey),
    ...inUrl.map(({ value, isCredential }) => ({
      value,
      source: 'the URL',
      isAccepted: isCredential && accept.query,
    })),
  ];
  const [key] = keys;
  if (!key) return { type: 'other' };
  const sessions = inHeaders.filter(
    one => one.source === BEARER && !isKey(one),
  );
  const error = refusalOf([...keys, ...sessions], inUrl);
  if (error) return { type: 'refused', error };
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
 * Returns why a request with a key is refused, if it is.
 *
 * @param credentials - all that it carries; the first is a key
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
  return key.isAccepted
    ? undefined
    : new ApiKeyRefusedError(`API keys are not accepted in ${key.source}`);
}

function authorizationsOf(
  req: IncomingMessage,
  accept: AcceptedPlaces,
): Presented[] {
  const bearers = bearerTokensOf(req).map(value => ({
    value,
    source: BEARER,
    isAccepted: accept.bearer,
  }));
  const basics = basicCredentialsOf(req).map(value => ({
    value,
    source: 'Authorization: Basic',
    isAccepted: accept.basic,
  }));
  return [...bearers, ...basics, ...malformedAuthorizationsOf(req)];
}

/** Keys in `Authorization` without a scheme, or with one that is not for keys. */
function malformedAuthorizationsOf(req: IncomingMessage): Presented[] {
  return valuesOf(req, 'authorization')
    .filter(value => !/^(bearer|basic) +\S+$/i.test(value))
    .filter(containsSecret)
    .map(value => ({
      value: value.trim().split(/\s+/).at(-1)!,
      source: 'Authorization without Bearer',
      isAccepted: false,
    }));
}

/** A header that is no key is somebody else's, and is not looked at. */
function headersOf(
  req: IncomingMessage,
  { header }: AcceptedPlaces,
): Presented[] {
  if (!header) return [];
  return valuesOf(req, header).map(value => ({
    value: value.trim(),
    source: `the header ${header}`,
    isAccepted: true,
  }));
}

/** Browsers can set no other header of a websocket, so that Backstage takes tokens from there. */
function webSocketProtocolsOf(req: IncomingMessage): Presented[] {
  if (req.headers.upgrade?.toLowerCase() !== 'websocket') return [];
  return valuesOf(req, 'sec-websocket-protocol')
    .flatMap(value => value.split(','))
    .map(value => ({
      value: value.trim(),
      source: WEBSOCKET_PROTOCOL,
      isAccepted: true,
    }));
}

function cookiesOf(req: IncomingMessage): Presented[] {
  const value = backstageCookieOf(req);
  return value === undefined
    ? []
    : [{ value, source: 'cookies', isAccepted: false }];
}
