/*
 * Records plans of slow statements with PostgreSQL's module auto_explain, which writes them to the log. It slows
 * every statement down, so it is enabled only after all measurements.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SLOW_MS = 20;

/**
 * Loads auto_explain into new sessions.
 *
 * @param {import('pg').Client} client - of a superuser
 */
export async function preparePlans(client) {
  await setAll(client, {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': -1,
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_buffers': 'on',
  });
}

/**
 * Collects the plans of slow statements in each case, by the name of the case; a statement that several cases share
 * is shown once.
 */
export async function collectPlans(client, user, cases) {
  await setAll(client, { 'auto_explain.log_min_duration': SLOW_MS });
  const readLog = await openLog(client);
  const seen = new Set();
  const plans = new Map();
  for (const { name, path } of cases) {
    readLog();
    await user.get(path);
    const found = plansIn(readLog()).filter(plan => {
      const statement = statementOf(plan);
      return !seen.has(statement) && seen.add(statement);
    });
    if (found.length > 0) plans.set(name, found);
  }
  return plans;
}

async function setAll(client, settings) {
  await client.query("load 'auto_explain'");
  for (const [name, value] of Object.entries(settings)) {
    await client.query(`alter system set ${name} = '${value}'`);
  }
  await client.query('select pg_reload_conf()');
}

/** Returns a function that returns the log entries since its last call. */
async function openLog(client) {
  const { rows } = await client.query(
    "select current_setting('data_directory') as data",
  );
  // scripts/postgres.mjs keeps the log next to the data.
  const folder = dirname(rows[0].data);
  const file = readdirSync(folder).find(name => name.endsWith('.log'));
  let position = 0;
  return () => {
    const log = readFileSync(join(folder, file), 'utf8');
    const rest = log.slice(position);
    position = log.length;
    return rest;
  };
}

/** Entries start with a timestamp, their continuation lines with a tab. */
function plansIn(log) {
  return log
    .split(/^(?=\d{4}-\d\d-\d\d )/m)
    .filter(entry => / duration: .* plan:$/m.test(entry))
    .map(entry => entry.replace(/^.* duration: /, '').replace(/^\t/gm, ''));
}

function statementOf(plan) {
  return plan.match(/^Query Text: .*$/m)[0];
}
