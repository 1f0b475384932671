import { ownerKindOf } from 'backstage-plugin-api-keys-common';
import { KeyScope } from '../database/queries';
import { defined } from '../lib/defined';
import { BulkRevocation } from './BulkRevocations';

/**
 * Returns the user whose offline sessions end with a revocation: an admin who sees everybody's keys, and revokes all of one person,
 * means the person.
 *
 * @returns undefined for a revocation of other keys, one that is only tried, and one by an admin for a part of the keys
 */
export function personToLogOut(
  { owners, condition }: KeyScope,
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
