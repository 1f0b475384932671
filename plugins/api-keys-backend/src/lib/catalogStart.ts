/** Time that a catalog needs to load its entities after its start; lookups of owners and admins wait for that long. */
export const CATALOG_STARTS_WITHIN = { minutes: 2 };
