import { startProfile, writeProfile } from '../profile.mjs';
import { statementsBetween } from '../statements.mjs';
import { Secrets, throughput } from './throughput.mjs';

/** Number of keys that are used repeatedly. */
export const HOT_KEYS = 1000;
const CONCURRENCIES = [1, 32];
const COUNTED = 500;
const PROFILED_S = 3;

/**
 * Measures each contender once a round, one after the other, so that other load on the machine affects all of them.
 *
 * @param statements - a StatementCounter
 */
export async function measureVerification(options) {
  const { contenders, keys, rounds, seconds } = options;
  const { apiKeys } = contenders;
  const cases = casesOf(contenders, keys);
  for (const each of cases) await warmUp(each, seconds);

  const start = performance.now();
  const flushedBefore = apiKeys.flushedRows;
  const results = CONCURRENCIES.map(concurrency => ({
    concurrency,
    cases: cases.map(({ name }) => ({ name, rates: [], verified: 0 })),
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { concurrency, cases: measured } of results) {
      for (let i = 0; i < cases.length; i++) {
        // Rotates the order, so that each contender comes first in some round.
        const at = (round + i) % cases.length;
        const how = { ...cases[at], concurrency, seconds };
        const { rate, verified } = await throughput(how);
        measured[at].rates.push(rate);
        measured[at].verified += verified;
      }
    }
  }
  const usage = {
    minutes: (performance.now() - start) / 60_000,
    uses: results.reduce((sum, each) => sum + each.cases[0].verified, 0),
    rows: apiKeys.flushedRows - flushedBefore,
  };
  return {
    results,
    usage,
    statements: await countStatements(cases, options),
    profiles: options.profilesTo ? await profileCases(cases, options) : [],
  };
}

/** Long enough to use each hot key. */
async function warmUp({ verify, secrets }, seconds) {
  for (let i = 0; i < HOT_KEYS; i++) await verify(secrets.next());
  await throughput({ verify, secrets, concurrency: 1, seconds });
}

function casesOf({ apiKeys, coldApiKeys, betterAuth }, keys) {
  const hot = keys.slice(0, HOT_KEYS);
  const caseOf = (name, contender, of) => ({
    name,
    verify: secret => contender.verify(secret),
    secrets: new Secrets(of),
  });
  return [
    caseOf('API keys, hot', apiKeys, hot),
    caseOf('Better Auth, hot', betterAuth, hot),
    caseOf('API keys, cold', coldApiKeys, keys),
    caseOf('Better Auth, cold', betterAuth, keys),
  ];
}

/** Lists the statements of a verification, by contender. */
async function countStatements(cases, { statements, databases }) {
  const counted = [];
  for (const { name, verify, secrets } of cases) {
    const before = statements.counts;
    for (let i = 0; i < COUNTED; i++) await verify(secrets.next());
    const made = statementsBetween(
      before,
      statements.counts,
      name.startsWith('Better') ? databases.theirs : databases.ours,
    );
    counted.push({
      name,
      statements: made.map(([text, count]) => [text, count / COUNTED]),
    });
  }
  return counted;
}

/** Profiles each contender, and writes the profiles to a folder. */
async function profileCases(cases, { engine, profilesTo }) {
  const profiles = [];
  for (const { name, ...how } of cases) {
    const stop = await startProfile();
    const { verified } = await throughput({
      ...how,
      concurrency: 1,
      seconds: PROFILED_S,
    });
    const profile = await stop();
    const title = `${engine}, ${name}`;
    await writeProfile(profilesTo, title, profile);
    profiles.push({ name: title, profile, times: verified });
  }
  return profiles;
}
