import { ApiKeyOwnerDenial } from 'backstage-plugin-api-keys-common';
import { VerificationRecord } from './ApiKeyRecord';

/** Returns the denial reason for an accepted key whose owner does not allow its use; undefined if the owner does. */
export function ownerDenialOf(
  key: Pick<VerificationRecord, 'ownerMissingSince' | 'ownerUnconfirmedSince'>,
): ApiKeyOwnerDenial | undefined {
  if (key.ownerMissingSince !== undefined) return 'owner-missing';
  if (key.ownerUnconfirmedSince !== undefined) return 'owner-unconfirmed';
  return undefined;
}
