import {
  API_KEY_ACCEPTED_STATUSES,
  ApiKeyStatus,
  ApiKeySummary,
} from 'backstage-plugin-api-keys-common';
import {
  DEFAULT_FILTERS,
  InventoryFilters,
} from '../../shared/filters/inventoryFilters';

/** A count, and the filters that select the counted keys. */
export type Tile = {
  id: KeyTileId;
  count: (summary: ApiKeySummary) => number;
  shows: Pick<InventoryFilters, 'status' | 'concern'>;
};

type KeyTileId =
  | 'working'
  | 'expiring-7d'
  | 'expiring-30d'
  | 'never-used'
  | 'unused-90d'
  | 'without-expiry'
  | 'revoked-7d';

const WORKING: ApiKeyStatus[] = [...API_KEY_ACCEPTED_STATUSES];

const concern = (
  id: Exclude<KeyTileId, 'working'>,
  count: Tile['count'],
): Tile => ({ id, count, shows: { status: WORKING, concern: id } });

export const TILES: Tile[] = [
  {
    id: 'working',
    count: ({ byStatus }) => byStatus.active + byStatus.retiring,
    shows: { status: WORKING, concern: 'any' },
  },
  concern('expiring-7d', summary => summary.expiringIn7Days),
  concern('expiring-30d', summary => summary.expiringIn30Days),
  concern('never-used', summary => summary.neverUsed),
  concern('unused-90d', summary => summary.idle90Days),
  concern('without-expiry', summary => summary.withoutExpiry),
  {
    id: 'revoked-7d',
    count: ({ revokedIn7Days }) => revokedIn7Days,
    shows: { status: ['revoked'], concern: 'revoked-7d' },
  },
];

/** Returns true if the filters are exactly those of the tile. */
export function isSelected({ shows }: Tile, filters: InventoryFilters) {
  return (
    filters.concern === shows.concern &&
    filters.status.join() === shows.status.join() &&
    !isNarrowedFurther(filters)
  );
}

function isNarrowedFurther(filters: InventoryFilters) {
  const { search, owner, age, expiresFrom, expiresTo, usedOn } = filters;
  const texts = [search.trim(), owner, expiresFrom, expiresTo, usedOn];
  return texts.some(Boolean) || age !== DEFAULT_FILTERS.age;
}

/** Returns the filters after a click on a tile. A second click resets them. */
export function toggleTile(tile: Tile, filters: InventoryFilters) {
  return {
    ...DEFAULT_FILTERS,
    orderBy: filters.orderBy,
    ...(isSelected(tile, filters) ? {} : tile.shows),
  };
}
