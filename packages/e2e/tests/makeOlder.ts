import { createRequire } from 'node:module';
import { join } from 'node:path';
import pg from 'pg';
import type { PortalDatabases } from '../src/databases';
import { portalDir } from '../src/paths.mjs';

const DAY_MS = 24 * 60 * 60 * 1000;
const UPDATE = 'update api_keys set created_at = created_at - ';

/** Dates a key back, as if it was made so many days ago: owners are warned in the second half of a life only. */
export async function makeOlder(
  databases: PortalDatabases,
  keyId: string,
  days: number,
): Promise<void> {
  if (databases.folder) {
    const Database = createRequire(join(portalDir, 'packages/backend/'))(
      'better-sqlite3',
    );
    const database = new Database(join(databases.folder, 'api-keys.sqlite'));
    database.prepare(`${UPDATE} ? where id = ?`).run(days * DAY_MS, keyId);
    database.close();
    return;
  }
  const { connection, prefix } = databases.config;
  const url = new URL(String(connection));
  url.pathname = `/${prefix}api-keys`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`${UPDATE} $1 where id = $2`, [days * DAY_MS, keyId]);
  await client.end();
}
