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

/** What a release left in a database, and what it answered; packages/e2e/src/recordRelease.mjs writes it. */
export type Recording = {
  version: string;
  recordedAt: string;
  /** The SHA-256 of each, by name, in the order in which they run. */
  migrations: Record<string, string>;
  /** The configuration. Nothing of it is a secret. */
  apiKeys: JsonObject;
  keys: RecordedKey[];
  /** What people read over the API, in the end. */
  reads: { user: string; path: string; body: JsonObject }[];
  /** The rows of each table. */
  tables: Record<string, Record<string, string | number | null>[]>;
};

export type RecordedKey = {
  name: string;
  keyId: string;
  secret: string;
  /** By path: the status, and why a dead key is refused. None for a key whose first use would end another one. */
  answers?: Record<string, string>;
  /** What an introspection of it answers. */
  introspection?: JsonObject & { sub?: string };
};

export const recordings: Recording[] = readdirSync(RELEASES)
  .filter(name => name.endsWith('.json'))
  .map(name => JSON.parse(readFileSync(join(RELEASES, name), 'utf8')));

/** Makes the tables as the release made them, and fills them with what it wrote. */
export async function restore(
  knex: Knex,
  { migrations, tables }: Recording,
): Promise<void> {
  for (const name of Object.keys(migrations)) {
    await knex.migrate.up({ directory: MIGRATIONS, name });
  }
  for (const [table, rows] of Object.entries(tables)) {
    // Migrations may have written something as well.
    await knex(table).delete();
    await knex.batchInsert(table, rows, 100);
  }
  if (isPostgres(knex)) await continueSequences(knex);
}

/** SQLite counts on from the largest number by itself. */
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

/** What is wrong with the migrations of a release, in a sentence for each of them that is not as it was released. */
export function changesOf(
  migrations: Recording['migrations'],
  directory: string,
): string[] {
  return Object.entries(migrations).flatMap(([name, digest]) => {
    const file = join(directory, name);
    if (!existsSync(file)) return [`${name} was released, and is missing`];
    // As on a machine that checks texts out with its own line ends.
    const content = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    return sha256(content) === digest
      ? []
      : [`${name} was released, and is changed: add another one instead`];
  });
}

/** The versions in a changelog that changesets wrote. */
export function releasesIn(changelog: string): string[] {
  return Array.from(changelog.matchAll(/^## (\d\S*)$/gm), ([, name]) => name);
}

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
