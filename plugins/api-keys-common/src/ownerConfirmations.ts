/**
 * An owner of keys who was away from the catalog and is a new entity there: perhaps somebody else, so that the keys are refused.
 *
 * @public
 */
export type ApiKeyUnconfirmedOwner = {
  /** Entity ref. */
  owner: string;
  since: string;
  /** How many keys have not ended otherwise. */
  keys: number;
};

/**
 * Owners who have to be confirmed.
 *
 * @public
 */
export type ApiKeyUnconfirmedOwners = { items: ApiKeyUnconfirmedOwner[] };

/**
 * Who an owner is who has to be confirmed.
 *
 * @public
 */
export type ConfirmApiKeyOwnerRequest = {
  /** Whether it is the same as before, whose keys work again then. Otherwise they are revoked. */
  same: boolean;
};

/**
 * What was decided about the keys of an owner.
 *
 * @public
 */
export type ConfirmApiKeyOwnerResult = {
  /** Entity ref. */
  owner: string;
  /** How many keys were not revoked before. */
  keys: number;
};
