import { VerificationRecord } from './ApiKeyRecord';

/** Why a key is denied that has not ended: because of its owner. */
export type OwnerDenial = 'owner-missing' | 'owner-unconfirmed';

export function ownerDenialOf(
  key: Pick<VerificationRecord, 'ownerMissingSince' | 'ownerUnconfirmedSince'>,
): OwnerDenial | undefined {
  if (key.ownerMissingSince !== undefined) return 'owner-missing';
  if (key.ownerUnconfirmedSince !== undefined) return 'owner-unconfirmed';
  return undefined;
}
