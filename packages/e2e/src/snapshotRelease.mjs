/*
 * Takes a snapshot of the database that the packed release writes: keys of every kind, created over its HTTP API, and
 * their responses. Each later release has to open that database (plugins/api-keys-backend/src/upgrade).
 *
 *   yarn release:snapshot [version]
 *
 * Run it once for each release, before publication. The version defaults to that of the packed plugin. With
 * API_KEYS_E2E_KEEP_BUILD=1, the portal of the last build is used.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runNode, say } from '../../../scripts/processes.mjs';
import { buildPortal } from './buildPortal.mjs';
import { portalDir, root } from './paths.mjs';
import { answersOf, readAll } from './releaseSnapshot/answers.mjs';
import { CONFIG, EARLIER_CONFIGS } from './releaseSnapshot/config.mjs';
import { readMigrations, readTables } from './releaseSnapshot/database.mjs';
import { createFirstKeys, createKeys } from './releaseSnapshot/createKeys.mjs';
import { Person } from './releaseSnapshot/Person.mjs';

// The modules of the browser tests are TypeScript.
createRequire(import.meta.url)('@backstage/cli/config/nodeTransform.cjs');
const { createDatabases } = await import('./databases.ts');
const { Portal } = await import('./Portal.ts');

const SNAPSHOTS = join(root, 'plugins/api-keys-backend/src/upgrade/releases');
/**
 * By this time after its start, the portal has sent warnings, checked owners against the catalog and flushed uses.
 */
const WRITTEN_AFTER_MS = 130_000;

if (!process.env.API_KEYS_E2E_KEEP_BUILD) {
  say('Building the portal');
  await buildPortal();
}
const version = process.argv[2] ?? packedVersion();
if (version === '0.0.0') {
  throw new Error('Run `yarn changeset version` first, or name the version');
}
say(`Taking a snapshot of ${version}`);
await write(await takeSnapshot(version));

function packedVersion() {
  const file = join(portalDir, 'plugins/api-keys-backend/package.json');
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

async function takeSnapshot(release) {
  const databases = await createDatabases({ client: 'better-sqlite3' });
  try {
    const keys = [];
    for (const [index, config] of EARLIER_CONFIGS.entries()) {
      const pepper = index === 0 ? 'no pepper' : 'the first pepper';
      const create = async people => createFirstKeys(people, pepper);
      keys.push(...(await withPortal(databases, config, create)));
    }
    const seen = await withPortal(databases, CONFIG, async (people, portal) => {
      const written = sleep(WRITTEN_AFTER_MS);
      keys.push(...(await createKeys(people)));
      const answers = [];
      for (const key of keys) {
        answers.push(await answersOf(portal, people.grace, key));
      }
      say('Waiting for warnings and the check of owners');
      await written;
      return { keys: answers, reads: await readAll(people, keys) };
    });
    return {
      version: release,
      recordedAt: new Date().toISOString(),
      migrations: readMigrations(),
      apiKeys: CONFIG,
      ...seen,
      tables: readTables(databases.folder),
    };
  } finally {
    await databases.remove();
  }
}

async function withPortal(databases, apiKeys, use) {
  const portal = await Portal.create(databases, { apiKeys });
  try {
    await portal.start();
    const people = {
      ada: await Person.signIn(portal, 'ada'),
      linus: await Person.signIn(portal, 'linus'),
      // An admin of the demo.
      grace: await Person.signIn(portal, 'grace'),
    };
    return await use(people, portal);
  } finally {
    await portal.remove();
  }
}

async function write(snapshot) {
  const file = join(SNAPSHOTS, `${snapshot.version}.json`);
  writeFileSync(file, JSON.stringify(snapshot, null, 2));
  const { resolve } = createRequire(join(root, 'package.json'));
  await runNode([resolve('prettier/bin-prettier.js'), '--write', file]);
}
