/*
 * Measures verification of keys in this process, compared to Better Auth's, on PostgreSQL and SQLite, and the
 * duration of flushing their uses.
 *
 *   yarn bench verification [--keys 100000] [--table 1000000] [--rounds 5] [--seconds 1] [--cpu-prof <folder>] [--write]
 *
 * --table repeats the flush with this number of keys in the table; 0 skips it. --cpu-prof adds a profile to the
 * report, and writes profiles to the folder. --write writes the report to docs/performance.md.
 */
// Imported first, before other modules load the databases' clients.
import { statements } from './countedClients.mjs';
import { createDatabases } from 'e2e/src/databases.ts';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../../../scripts/postgres.mjs';
import { say } from '../../../../scripts/processes.mjs';
import { writeReport } from '../document.mjs';
import { postgresVersion } from '../postgresVersion.mjs';
import { startContenders } from './contenders.mjs';
import { measureFlush } from './flush.mjs';
import { fillUp, makeKeys } from './keys.mjs';
import { report } from './report.mjs';
import { measureVerification } from './rounds.mjs';

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '100000' },
    table: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    'cpu-prof': { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const keys = makeKeys(Number(values.keys));

const postgres = await startPostgres();
try {
  const { connectionString } = postgres;
  const onSqlite = await measure('SQLite', { client: 'better-sqlite3' });
  const onPostgres = await measure('PostgreSQL', {
    client: 'pg',
    connectionString,
  });
  const text = report({
    version: await postgresVersion(connectionString),
    keys: keys.length,
    rounds,
    seconds,
    engines: [onPostgres, onSqlite],
    flushes: onPostgres.flushes,
  });
  console.log(`\n${text}`);
  if (values.write) await writeReport('verification', text);
} finally {
  postgres.stop();
}
// Tasks of the stopped backends would keep the process running.
process.exit();

async function measure(engine, server) {
  say(`${engine}: making ${keys.length} keys`);
  const { connectionString } = server;
  const databases = await createDatabases(server);
  const contenders = await startContenders({
    databases,
    keys,
    connectionString,
  });
  try {
    say(`${engine}: measuring ${rounds} rounds`);
    const measured = await measureVerification({
      engine,
      contenders,
      keys,
      rounds,
      seconds,
      statements,
      profilesTo: values['cpu-prof'],
      databases: connectionString
        ? { ours: 'api-keys', theirs: 'better-auth' }
        : { ours: 'api-keys.sqlite', theirs: 'better-auth.sqlite' },
    });
    const flushes = connectionString ? await measureFlushes(contenders) : [];
    return { engine, ...measured, flushes };
  } finally {
    await contenders.stop();
    await databases.remove();
  }
}

async function measureFlushes({ coldApiKeys }) {
  const knex = await coldApiKeys.database.getClient();
  const flush = async keysInTable => {
    say(`Writing uses of ${keys.length} among ${keysInTable} keys`);
    const flushed = await measureFlush({ apiKeys: coldApiKeys, keys, rounds });
    return { keysInTable, keysUsed: keys.length, rounds: flushed };
  };
  const flushes = [await flush(keys.length)];
  const more = Number(values.table) - keys.length;
  if (more > 0) {
    say(`Making ${more} more keys`);
    await fillUp(knex, more);
    await knex.raw('vacuum (analyze)');
    flushes.push(await flush(keys.length + more));
  }
  return flushes;
}
