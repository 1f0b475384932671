import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { portalDir } from '../paths.mjs';

const MIGRATIONS = join(portalDir, 'plugins/api-keys-backend/migrations');
/** Backstage's own tables, and those that migrations fill. */
const NOT_OURS = /^(sqlite|knex|backstage)_/;

/** Lists the migrations of the packed plugin in order, each with its digest. */
export function readMigrations() {
  return Object.fromEntries(
    readdirSync(MIGRATIONS)
      .sort()
      .map(name => [name, sha256(readFileSync(join(MIGRATIONS, name)))]),
  );
}

/**
 * Reads all rows of all tables of the plugin while no portal runs on them.
 *
 * They can be inserted into any database unchanged: SQLite has only texts, numbers and nulls, and our tables hold
 * times as numbers.
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
