import { ApiKeyStatus } from './generated/types';

/**
 * The statuses in which a key is accepted.
 *
 * @public
 */
export type ApiKeyAcceptedStatus = 'active' | 'retiring';

/** Consequences of a status. */
type StatusSpec<S extends ApiKeyStatus> = {
  /** Requests with the key are let in. */
  isAccepted: S extends ApiKeyAcceptedStatus ? true : false;
  /** The key never leaves the status: it can neither be kept alive nor changed. */
  isFinal: boolean;
};

/** The definition of every status. A new one goes here first; see "Add a status" in CONTRIBUTING.md. */
const STATUSES: { readonly [S in ApiKeyStatus]: StatusSpec<S> } = {
  active: { isAccepted: true, isFinal: false },
  retiring: { isAccepted: true, isFinal: false },
  inactive: { isAccepted: false, isFinal: false },
  expired: { isAccepted: false, isFinal: true },
  revoked: { isAccepted: false, isFinal: true },
};

/**
 * The statuses in which a key is refused.
 *
 * @public
 */
export type ApiKeyRefusedStatus = Exclude<ApiKeyStatus, ApiKeyAcceptedStatus>;

/**
 * Every {@link ApiKeyStatus}, in the order in which a page lists them.
 *
 * @public
 */
export const API_KEY_STATUSES = Object.keys(STATUSES) as unknown as readonly [
  ApiKeyStatus,
  ...ApiKeyStatus[],
];

/**
 * Every {@link ApiKeyAcceptedStatus}.
 *
 * @public
 */
export const API_KEY_ACCEPTED_STATUSES: readonly ApiKeyAcceptedStatus[] =
  API_KEY_STATUSES.filter(isAcceptedStatus);

/**
 * Returns true for the statuses in which a key is accepted.
 *
 * @public
 */
export function isAcceptedStatus(
  status: ApiKeyStatus,
): status is ApiKeyAcceptedStatus {
  return STATUSES[status].isAccepted;
}

/**
 * Returns true for the statuses that a key never leaves. An inactive key can still be kept alive.
 *
 * @public
 */
export function isFinalStatus(status: ApiKeyStatus): boolean {
  return STATUSES[status].isFinal;
}
