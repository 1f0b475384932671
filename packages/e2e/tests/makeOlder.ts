import type { PortalDatabases } from '../src/databases';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Dates a key back by this many days: owners are warned only in the second half of a key's lifetime. */
export async function makeOlder(
  databases: PortalDatabases,
  keyId: string,
  days: number,
): Promise<void> {
  const earlier = days * DAY_MS;
  await databases.execute(
    'api-keys',
    `UPDATE api_keys SET created_at = created_at - ${earlier} WHERE id = '${keyId}'`,
  );
}
