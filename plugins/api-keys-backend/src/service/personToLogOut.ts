import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { KeyVisibility } from '../database/queries';
import { defined } from '../lib/defined';
import { BulkRevocation } from './BulkRevocations';

/**
 * Returns the user whose offline sessions end with a revocation: an admin who may see all keys and revokes all keys of one person
 * means the person.
 *
 * @returns undefined for a revocation of other keys, for a dry run, and for one by an admin who sees only a part of the keys
 */
export function personToLogOut(
  { owners, condition }: KeyVisibility,
  { filter = {}, dryRun }: BulkRevocation,
): string | undefined {
  const { owner, ...others } = defined(filter);
  const isOfPerson =
    owner !== undefined &&
    ownerKindOf(owner) === 'user' &&
    Object.keys(others).length === 0;
  const seesAll = owners === 'everybody' && condition === undefined;
  return isOfPerson && seesAll && !dryRun ? owner : undefined;
}
