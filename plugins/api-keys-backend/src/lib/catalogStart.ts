/** A catalog that has just started takes its entities in: whoever looks for somebody there waits for so long. */
export const CATALOG_STARTS_WITHIN = { minutes: 2 };
