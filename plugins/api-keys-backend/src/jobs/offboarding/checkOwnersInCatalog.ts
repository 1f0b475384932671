import {
  API_KEY_OWNER_KINDS,
  ApiKeyOwnerKind,
  ownerKindOf,
} from 'backstage-plugin-api-keys-common';
import { Stores } from '../../database/stores';
import { ListedKeyOwner } from '../../lifecycle/KeyOwner';
import { OwnerIdentity } from '../../lifecycle/ownerIdentity';
import { CatalogOwners } from './CatalogOwners';

const PAGE_SIZE = 500;

/** Owner with an entity in the catalog: as stored, and as the catalog has it. */
export type SeenOwner = { owner: ListedKeyOwner; seen: OwnerIdentity };

/** Owners of one kind, as the catalog has them now. */
export type OwnerSnapshot = {
  kind: ApiKeyOwnerKind;
  present: SeenOwner[];
  absent: ListedKeyOwner[];
};

/**
 * Looks up all owners of keys in the catalog, with users and groups apart, since they may come from different providers.
 *
 * Reads the stored owners before it asks the catalog, so that a later change of a stored owner by another check can be
 * detected.
 *
 * @throws if the catalog is unavailable
 */
export async function checkOwnersInCatalog(
  stores: Pick<Stores, 'owners'>,
  catalogOwners: CatalogOwners,
): Promise<OwnerSnapshot[]> {
  const snapshots = API_KEY_OWNER_KINDS.map(
    (kind): OwnerSnapshot => ({ kind, present: [], absent: [] }),
  );
  let page: ListedKeyOwner[] = [];
  do {
    page = await stores.owners.list({
      after: page.at(-1)?.ref,
      limit: PAGE_SIZE,
    });
    const found = await catalogOwners.findAll(page.map(({ ref }) => ref));
    for (const owner of page) {
      const snapshot = snapshots.find(
        ({ kind }) => kind === ownerKindOf(owner.ref),
      );
      const seen = found.get(owner.ref);
      if (seen) snapshot?.present.push({ owner, seen });
      else snapshot?.absent.push(owner);
    }
  } while (page.length === PAGE_SIZE);
  return snapshots;
}
