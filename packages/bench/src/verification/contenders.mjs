import BetterSqlite3 from 'better-sqlite3';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { load } from '../backstage.mjs';
import { ApiKeys } from './ApiKeys.mjs';
import { BetterAuth } from './BetterAuth.mjs';
import { insertKeys } from './keys.mjs';

const createKnex = load('knex');

/** Without durability, like the PostgreSQL of scripts/postgres.mjs. */
const FAST_SQLITE = ['journal_mode = wal', 'synchronous = off'];

/**
 * Sets up this project's plugin and Better Auth on databases of one server, each with the same keys.
 *
 * `apiKeys` caches keys in memory, as it does by default, `coldApiKeys` does not.
 */
export async function startContenders({ databases, keys, connectionString }) {
  const database = databases.config;
  const apiKeys = await ApiKeys.start({ database });
  const coldApiKeys = await ApiKeys.start({
    database,
    apiKeys: { verification: { maxStaleness: 0 } },
  });
  const knex = await coldApiKeys.database.getClient();
  await insertKeys(knex, keys);
  if (connectionString) await knex.raw('vacuum (analyze)');
  else await makeFast([apiKeys, coldApiKeys]);

  const theirs = connectionString
    ? await onPostgres(connectionString, `${database.prefix}better-auth`)
    : await onSqlite(join(database.connection.directory, 'better-auth'));
  const betterAuth = await BetterAuth.start(theirs.database);
  await betterAuth.insertKeys(keys, theirs.knex);
  if (connectionString) await theirs.knex.raw('vacuum (analyze)');
  await theirs.knex.destroy();
  return {
    apiKeys,
    coldApiKeys,
    betterAuth,
    async stop() {
      await apiKeys.stop();
      await coldApiKeys.stop();
      await theirs.close();
    },
  };
}

async function makeFast(plugins) {
  for (const { database } of plugins) {
    const knex = await database.getClient();
    for (const setting of FAST_SQLITE) await knex.raw(`pragma ${setting}`);
  }
}

async function onPostgres(connectionString, name) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`create database ${client.escapeIdentifier(name)}`);
  await client.end();
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href });
  return {
    database: pool,
    knex: createKnex({ client: 'pg', connection: url.href }),
    close: () => pool.end(),
  };
}

async function onSqlite(folder) {
  await mkdir(folder);
  const filename = join(folder, 'better-auth.sqlite');
  const database = new BetterSqlite3(filename);
  FAST_SQLITE.forEach(setting => database.pragma(setting));
  return {
    database,
    knex: createKnex({
      client: 'better-sqlite3',
      connection: { filename },
      useNullAsDefault: true,
    }),
    close: async () => database.close(),
  };
}
