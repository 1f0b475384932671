import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { isPostgres } from '../database/dialect';

const PACKAGE = 'backstage-plugin-api-keys-backend';
const RELEASES = resolvePackagePath(PACKAGE, 'src/upgrade/releases');

export const MIGRATIONS = resolvePackagePath(PACKAGE, 'migrations');
export const CHANGELOG = resolvePackagePath(PACKAGE, 'CHANGELOG.md');

/** Database of a release and the responses of its API; packages/e2e/src/snapshotRelease.mjs writes it. */
export type ReleaseSnapshot = {
  version: string;
  recordedAt: string;
  /** SHA-256 of each migration, by name, in the order in which they run. */
  migrations: Record<string, string>;
  /** Configuration without secrets. */
  apiKeys: JsonObject;
  keys: SnapshotKey[];
  /** Responses of the API to users at the time of the snapshot. */
  reads: { user: string; path: string; body: JsonObject }[];
  /** Rows of each table. */
  tables: Record<string, Record<string, string | number | null>[]>;
};

export type SnapshotKey = {
  name: string;
  keyId: string;
  secret: string;
  /**
   * Status by path, and the reason why an ended key is denied. Missing for a key whose first use would end another one.
   */
  answers?: Record<string, string>;
  /** Response to an introspection of the key. */
  introspection?: JsonObject & { sub?: string };
};

export const releaseSnapshots: ReleaseSnapshot[] = readdirSync(RELEASES)
  .filter(name => name.endsWith('.json'))
  .map(name => JSON.parse(readFileSync(join(RELEASES, name), 'utf8')));

/** Creates the tables with the migrations of the release and inserts its rows. */
export async function restore(
  knex: Knex,
  { migrations, tables }: ReleaseSnapshot,
): Promise<void> {
  for (const name of Object.keys(migrations)) {
    await knex.migrate.up({ directory: MIGRATIONS, name });
  }
  for (const [table, rows] of Object.entries(tables)) {
    // Migrations can insert rows too.
    await knex(table).delete();
    await knex.batchInsert(table, rows, 100);
  }
  if (isPostgres(knex)) await continueSequences(knex);
}

/** SQLite continues from the largest number by itself. */
async function continueSequences(knex: Knex): Promise<void> {
  const { rows } = await knex.raw(
    `select table_name, column_name, sequence
     from information_schema.columns,
       lateral pg_get_serial_sequence(quote_ident(table_name), column_name) as sequence
     where table_schema = current_schema() and sequence is not null
       and table_name not like 'knex%'`,
  );
  for (const { table_name, column_name, sequence } of rows) {
    await knex.raw('select setval(?, (select coalesce(max(??), 1) from ??))', [
      sequence,
      column_name,
      table_name,
    ]);
  }
}

/** Returns a sentence for each migration that differs from the released one. */
export function changesOf(
  migrations: ReleaseSnapshot['migrations'],
  directory: string,
): string[] {
  return Object.entries(migrations).flatMap(([name, digest]) => {
    const file = join(directory, name);
    if (!existsSync(file)) return [`${name} was released, and is missing`];
    // Git may check the file out with CRLF line ends.
    const content = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    return sha256(content) === digest
      ? []
      : [`${name} was released, and is changed: add another one instead`];
  });
}

/** Returns the versions in a changelog that changesets wrote. */
export function releasesIn(changelog: string): string[] {
  return Array.from(changelog.matchAll(/^## (\d\S*)$/gm), ([, name]) => name);
}

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
