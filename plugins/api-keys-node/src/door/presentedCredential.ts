import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import { ApiKeyRefusedError } from '../errors';
import { currentRequestUse } from '../request/requestUse';
import { looksLikeSecret } from '../secret';
import { AcceptedPlaces } from './AcceptedPlaces';
import {
  basicCredentialsOf,
  bearerTokensOf,
  valuesOf,
} from './credentialHeaders';
import { forgetQueriedKeys, queriedKeys } from './queryKey';

const QUERY = 'the URL';

/** A credential, what it is in, and whether keys are accepted in there. */
type Presented = {
  value: string;
  place: string;
  isAccepted: boolean;
};

/**
 * Finds the credential that a request carries, and remembers it, since a request is asked more than once.
 */
export function credentialFinder(options: {
  secretPrefix: string;
  places: AcceptedPlaces;
}): (req: Request) => { token: string | undefined } {
  return req => {
    const request = currentRequestUse();
    if (request?.credential) return request.credential;
    // What a gateway appends of its client's query goes on to the service behind it, and so would a key in there.
    const query = options.places.query && !request?.demandedScopes;
    const places = { ...options.places, query };
    const credential = {
      token: presentedCredential(req, { ...options, places }),
    };
    if (request) request.credential = credential;
    return credential;
  };
}

/**
 * The credential that a request carries: an API key in any of the places where one may be, or else a bearer token of whatever
 * kind, as everywhere in Backstage. A header, parameter or password that is no key is somebody else's, and is not looked at.
 *
 * @throws InputError for a key together with another credential (RFC 6750 §2: no more than one method in each request)
 * @throws {@link ApiKeyRefusedError} for a key where none is accepted
 */
export function presentedCredential(
  req: Request,
  options: { secretPrefix: string; places: AcceptedPlaces },
): string | undefined {
  const isKey = ({ value }: Presented) =>
    looksLikeSecret(value, options.secretPrefix);
  const bearers = bearersOf(req, options.places);
  const keys = [...bearers, ...othersOf(req, options.places)].filter(isKey);
  if (keys.some(({ place }) => place === QUERY)) forgetQueriedKeys(req);
  const [key] = keys;
  if (!key) return bearers[0]?.value;

  const tokens = bearers.filter(bearer => !isKey(bearer));
  const places = [...keys, ...tokens].map(({ place }) => place);
  if (places.length > 1) {
    throw new InputError(
      `A request may carry one credential, and this one carries ${
        places.length
      }: ${places.join(', ')}`,
    );
  }
  if (!key.isAccepted) {
    throw new ApiKeyRefusedError(`API keys are not accepted in ${key.place}`);
  }
  return key.value;
}

function bearersOf(req: Request, { bearer }: AcceptedPlaces): Presented[] {
  return bearerTokensOf(req).map(value => ({
    value,
    place: 'Authorization: Bearer',
    isAccepted: bearer,
  }));
}

/** Looked at also where keys are not accepted: a key in the wrong place deserves to be told. */
function othersOf(req: Request, places: AcceptedPlaces): Presented[] {
  const basic = basicCredentialsOf(req).map(value => ({
    value,
    place: 'Authorization: Basic',
    isAccepted: places.basic,
  }));
  const { header } = places;
  const named = (header ? valuesOf(req, header) : []).map(value => ({
    value: value.trim(),
    place: `the header ${header}`,
    isAccepted: true,
  }));
  const queried = queriedKeys(req).map(value => ({
    value,
    place: QUERY,
    isAccepted: places.query,
  }));
  return [...basic, ...named, ...queried];
}
