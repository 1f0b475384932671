import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { portalDir } from '../paths.mjs';

const MIGRATIONS = join(portalDir, 'plugins/api-keys-backend/migrations');
/** Backstage's own, and what migrations make themselves. */
const NOT_OURS = /^(sqlite|knex|backstage)_/;

/** The migrations that the packed plugin ships, in their order, with the digest of each. */
export function readMigrations() {
  return Object.fromEntries(
    readdirSync(MIGRATIONS)
      .sort()
      .map(name => [name, sha256(readFileSync(join(MIGRATIONS, name)))]),
  );
}

/**
 * All rows of all tables of the plugin, while no portal runs on them.
 *
 * They go into any database as they are: texts, numbers and nulls are all that SQLite knows, and times are numbers in our tables.
 */
export function readTables(folder) {
  const Database = createRequire(join(portalDir, 'packages/backend/'))(
    'better-sqlite3',
  );
  const database = new Database(join(folder, 'api-keys.sqlite'), {
    readonly: true,
  });
  try {
    const names = database
      .prepare(`select name from sqlite_master where type = 'table'`)
      .pluck()
      .all()
      .filter(name => !NOT_OURS.test(name))
      .sort();
    return Object.fromEntries(
      names.map(name => [
        name,
        database.prepare(`select * from "${name}" order by rowid`).all(),
      ]),
    );
  } finally {
    database.close();
  }
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
