import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import knexFactory, { Knex } from 'knex';
import { SharedDatabases } from './sharedDatabases';

/** Searches the databases of all plugins for a text; returns the tables searched and those that contain the text. */
export async function findInDatabases(
  { database }: SharedDatabases,
  text: string,
): Promise<{ searched: string[]; found: string[] }> {
  const searched: string[] = [];
  const found: string[] = [];
  for (const config of await configsOf(database)) {
    const knex = knexFactory({ ...config, useNullAsDefault: true });
    for (const [schema, table] of await tablesOf(knex)) {
      const rows = await knex.withSchema(schema).select('*').from(table);
      searched.push(`${schema}.${table}`);
      if (rows.some(row => hasText(row, text)))
        found.push(`${schema}.${table}`);
    }
    await knex.destroy();
  }
  return { searched, found };
}

async function configsOf(
  database: SharedDatabases['database'],
): Promise<Knex.Config[]> {
  const { client, connection } = database as { client: string } & Pick<
    Knex.Config,
    'connection'
  >;
  if (client === 'pg') return [{ client, connection }];
  const { directory } = connection as unknown as { directory: string };
  const files = (await readdir(directory)).filter(one =>
    one.endsWith('.sqlite'),
  );
  return files.map(file => ({
    client,
    connection: { filename: join(directory, file) },
  }));
}

async function tablesOf(
  knex: Knex,
): Promise<[schema: string, table: string][]> {
  const isSqlite = knex.client.config.client === 'better-sqlite3';
  const rows = isSqlite
    ? await knex('sqlite_master').where({ type: 'table' }).select('name')
    : await knex('information_schema.tables')
        .where({ table_type: 'BASE TABLE' })
        .whereNotIn('table_schema', ['pg_catalog', 'information_schema'])
        .select({ schema: 'table_schema', name: 'table_name' });
  return rows.map(({ schema = 'main', name }) => [schema, name]);
}

function hasText(row: object, text: string): boolean {
  return Object.values(row).some(value =>
    (Buffer.isBuffer(value)
      ? value.toString('latin1')
      : JSON.stringify(value) ?? ''
    ).includes(text),
  );
}
