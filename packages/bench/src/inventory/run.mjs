/*
 * Measures the admins' inventory with many keys, on the built portal and PostgreSQL.
 *
 *   yarn bench inventory [--keys 1000000] [--owners 10000] [--write]
 *
 * --write writes the report to docs/performance.md. With API_KEYS_E2E_KEEP_BUILD=1, the portal of the last build is
 * used.
 */
import { createDatabases } from 'e2e/src/databases.ts';
import { buildPortal } from 'e2e/src/buildPortal.mjs';
import { Portal } from 'e2e/src/Portal.ts';
import { parseArgs } from 'node:util';
import pg from 'pg';
import {
  CONNECTION_STRING_VARIABLE,
  startPostgres,
} from '../../../../scripts/postgres.mjs';
import { say, seconds } from '../../../../scripts/processes.mjs';
import { writeReport } from '../document.mjs';
import { BASELINE, CASES, CASES_AFTER_USES, EXPORT } from './cases.mjs';
import { generateKeys, useKeys } from './generateKeys.mjs';
import { measureExport, measureRequests } from './measure.mjs';
import { collectPlans, preparePlans } from './plans.mjs';
import { PortalUser } from './PortalUser.mjs';
import { report } from './report.mjs';

// An admin of the demo.
const ADMIN = 'grace';

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '1000000' },
    owners: { type: 'string', default: '10000' },
    write: { type: 'boolean', default: false },
  },
});
const size = { keys: Number(values.keys), owners: Number(values.owners) };
// Settings of a shared server stay unchanged.
const ownsServer = !process.env[CONNECTION_STRING_VARIABLE];

if (!process.env.API_KEYS_E2E_KEEP_BUILD) {
  say('Building the portal');
  await buildPortal();
}

const postgres = await startPostgres();
try {
  const text = report(await runOn(postgres.connectionString));
  console.log(`\n${text}`);
  if (values.write) await writeReport('inventory', text);
} finally {
  postgres.stop();
}

async function runOn(connectionString) {
  const server = await connect(connectionString);
  const databases = await createDatabases({ client: 'pg', connectionString });
  const portal = await Portal.create(databases);
  try {
    if (ownsServer) await preparePlans(server);
    say('Starting the portal');
    await portal.start();
    const client = await connectToKeys(
      connectionString,
      databases.config.prefix,
    );
    await fill(client);
    const { rows } = await server.query('show server_version');
    const measured = await measure(portal, client);
    await client.end();
    say('Looking at the plans');
    const plans = ownsServer
      ? await collectPlans(server, measured.user, measured.cases)
      : new Map();
    return { ...size, ...measured, plans, version: rows[0].server_version };
  } finally {
    await server.end();
    await portal.remove();
    await databases.remove();
  }
}

/** Generates the portal's keys. */
async function fill(client) {
  say(`Making ${size.keys} keys of ${size.owners} owners`);
  const start = Date.now();
  await generateKeys(client, size);
  console.log(seconds(start));
}

function connectToKeys(connectionString, prefix) {
  const url = new URL(connectionString);
  url.pathname = `/${prefix}api-keys`;
  return connect(url.href);
}

async function connect(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

async function measure(portal, client) {
  say('Measuring');
  const user = await PortalUser.signIn(portal.url, ADMIN);
  const cases = await measureCases([BASELINE, ...CASES], user);
  const exported = await measureExport(user, EXPORT.path, portal.pid);
  await useKeys(client);
  const afterUses = await measureCases(CASES_AFTER_USES, user);
  return { user, cases: [...cases, ...afterUses], exported };
}

async function measureCases(cases, user) {
  const measured = [];
  for (const each of cases) {
    const path = await pathOf(each, user);
    const times = await measureRequests(user, path);
    console.log(`${each.name}: ${times.at(-1).toFixed()} ms at most`);
    measured.push({ ...each, path, times });
  }
  return measured;
}

/** Builds the path of a case; a case that starts at a later page gets that page's cursor. */
async function pathOf({ path, after }, user) {
  if (!after) return path;
  const { pageInfo } = await user.get(after);
  return `${path}&${new URLSearchParams({ cursor: pageInfo.nextCursor })}`;
}
