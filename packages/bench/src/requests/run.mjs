/*
 * Measures a request with a key, compared to the same request with a Backstage user token and to one without either.
 *
 *   yarn bench requests [--connections 1,16,64] [--rounds 7] [--seconds 2] [--cpu-prof <folder>] [--write]
 *
 * --write writes the report to docs/performance.md. --cpu-prof also profiles the server, and writes a .cpuprofile for
 * each kind of request to the folder.
 */
import { createDatabases } from 'e2e/src/databases.ts';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../../../scripts/postgres.mjs';
import { say } from '../../../../scripts/processes.mjs';
import { writeReport } from '../document.mjs';
import { postgresVersion } from '../postgresVersion.mjs';
import { profileCases } from './profileCases.mjs';
import { MeasuredServer } from './MeasuredServer.mjs';
import { report } from './report.mjs';
import { Load, measureRounds } from './rounds.mjs';
import { watchStatements } from './watchStatements.mjs';

const USER = 'ada';
const WARM_UP = { connections: 16, seconds: 3 };

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '1,16,64' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    'cpu-prof': { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const options = {
  connections: values.connections.split(',').map(Number),
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
};

const postgres = await startPostgres();
try {
  const text = report(await runOn(postgres.connectionString));
  console.log(`\n${text}`);
  if (values.write) await writeReport('requests', text);
} finally {
  postgres.stop();
}

async function runOn(connectionString) {
  const databases = await createDatabases({ client: 'pg', connectionString });
  const load = new Load();
  say('Starting the server');
  const server = await MeasuredServer.start(databases.config).catch(
    async error => {
      load.stop();
      await databases.remove();
      throw error;
    },
  );
  try {
    const cases = await casesOf(server);
    await warmUp({ server, load, cases });
    const result = await measureAll({ server, load, cases });
    say('Counting statements');
    const statements = await watchStatements({
      server,
      load,
      hot: cases.find(({ name }) => name === 'whoami, key'),
    });
    const profiles =
      values['cpu-prof'] === undefined
        ? []
        : await profileCases({ server, load, cases, to: values['cpu-prof'] });
    const version = await postgresVersion(connectionString);
    return { ...options, result, statements, profiles, version };
  } finally {
    load.stop();
    await server.remove();
    await databases.remove();
  }
}

async function casesOf(server) {
  const user = await server.signIn(USER);
  const key = await server.createKey(user);
  const path = route => `/api/bench/${route}`;
  return [
    { name: 'public', path: path('public') },
    { name: 'whoami, user token', path: path('whoami'), token: user },
    { name: 'whoami, key', path: path('whoami'), token: key },
    { name: 'authorized, user token', path: path('authorized'), token: user },
    { name: 'authorized, key', path: path('authorized'), token: key },
  ];
}

async function warmUp({ server, load, cases }) {
  say('Warming up');
  for (const { path, token } of cases) {
    await load.run({ url: `${server.url}${path}`, token, ...WARM_UP });
  }
}

async function measureAll({ server, load, cases }) {
  const result = [];
  for (const connections of options.connections) {
    say(`Measuring ${options.rounds} rounds at ${connections} connections`);
    const { rounds, seconds } = options;
    const how = { server, load, cases, rounds, seconds, connections };
    const measured = await measureRounds(how);
    result.push({
      connections,
      cases: cases.map(({ name }, i) => ({ name, rounds: measured[i] })),
    });
  }
  return result;
}
