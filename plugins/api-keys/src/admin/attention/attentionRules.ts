import { API_KEY_ACCEPTED_STATUSES } from 'backstage-plugin-api-keys-common';
import {
  DEFAULT_FILTERS,
  InventoryFilters,
} from '../../shared/filters/inventoryFilters';

const WORKING: InventoryFilters = {
  ...DEFAULT_FILTERS,
  status: [...API_KEY_ACCEPTED_STATUSES],
};

/**
 * Reasons for a key to need an admin's attention, most urgent first, with the inventory filters that select the keys.
 */
export const ATTENTION_RULES = [
  {
    id: 'rotated-out-seen',
    filters: { ...WORKING, concern: 'rotated-out-seen' },
  },
  {
    id: 'owner-missing',
    filters: { ...WORKING, concern: 'owner-missing', orderBy: 'owner:asc' },
  },
  {
    id: 'owner-unconfirmed',
    filters: {
      ...WORKING,
      concern: 'owner-unconfirmed',
      orderBy: 'owner:asc',
    },
  },
  {
    id: 'without-expiry',
    filters: {
      ...WORKING,
      concern: 'without-expiry',
      orderBy: 'createdAt:asc',
    },
  },
  {
    id: 'unused-90d',
    filters: { ...WORKING, concern: 'unused-90d', orderBy: 'lastUsedAt:asc' },
  },
  {
    id: 'never-used',
    // A new key is not suspicious yet.
    filters: {
      ...WORKING,
      concern: 'never-used',
      age: '7d',
      orderBy: 'createdAt:asc',
    },
  },
  {
    id: 'cut-short',
    filters: { ...WORKING, concern: 'cut-short', orderBy: 'expiresAt:asc' },
  },
] as const satisfies readonly { id: string; filters: InventoryFilters }[];

export type AttentionRule = (typeof ATTENTION_RULES)[number];
