import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { createPermission } from '@backstage/plugin-permission-common';
import { parse } from 'yaml';
import { company } from '../__testUtils__/company';
import { readDocument, runCommands, snippetsOf } from '../__testUtils__/docs';
import { eventually } from '../__testUtils__/eventually';
import { probePlugin } from '../__testUtils__/probePlugin';
import { realCatalog } from '../__testUtils__/realCatalog';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/** Scaffolder with the permissions that keys can be restricted to. */
const scaffolder = createBackendPlugin({
  pluginId: 'scaffolder',
  register(reg) {
    reg.registerInit({
      deps: { permissionsRegistry: coreServices.permissionsRegistry },
      async init({ permissionsRegistry }) {
        permissionsRegistry.addPermissions([
          createPermission({
            name: 'scaffolder.task.create',
            attributes: { action: 'create' },
          }),
        ]);
      },
    });
  },
});

describe('an example', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    const [scopes] = snippetsOf(readDocument('docs/scopes.md'), 'yaml');
    portal = await startTestPortal({
      apiKeys: parse(scopes).apiKeys,
      features: [scaffolder, probePlugin('techdocs')],
      realCatalog: realCatalog(company),
    });
    await eventually(async () => {
      await portal.signIn('ada');
    });
  });

  afterAll(() => portal.stop());

  it('in docs/api.md creates a key', async () => {
    const [json] = snippetsOf(readDocument('docs/api.md'), 'json');
    const body = JSON.parse(json);
    const { key } = await portal.createKey('ada', body);
    expect(key).toMatchObject({
      name: body.name,
      accessRestrictions: body.accessRestrictions,
      // As the page says, a single address is stored as a network of one.
      allowedIps: ['10.20.0.0/16', '192.0.2.7/32'],
    });
  });

  it('in docs/scopes.md creates a key with a scope that opens nothing in Backstage', async () => {
    const [command] = snippetsOf(readDocument('docs/scopes.md'), 'shell');
    const printed = await runCommands(
      [command.replace('curl ', 'curl --silent --fail-with-body ')],
      { BACKSTAGE: portal.url, TOKEN: await portal.signIn('ada') },
    );
    expect(JSON.parse(printed).key).toMatchObject({
      name: 'nightly report',
      accessRestrictions: [],
      scopes: ['reports:read'],
    });
  });

  it('in docs/policies.md is the response to a member of a group with a policy', async () => {
    const page = readDocument('docs/policies.md').replaceAll(
      'contractors',
      'team-a',
    );
    // Makes the groups of Ada known to the plugin.
    await portal.createKey('ada');
    const [set] = snippetsOf(page, 'shell');
    await runCommands(
      [set.replace('curl ', 'curl --silent --fail-with-body ')],
      { BACKSTAGE: portal.url, TOKEN: await portal.signIn('grace') },
    );
    const { body } = await portal
      .call('get', '/api/api-keys/v1/policy', await portal.signIn('ada'))
      .expect(200);
    const [json] = snippetsOf(page, 'json');
    expect(body).toMatchObject(JSON.parse(json));
  });
});

describe('docs/operations.md', () => {
  const page = readDocument('docs/operations.md');

  const ids = databases.eachSupportedId();
  (ids.length > 0 ? describe.each(ids) : describe.skip.each([['PostgreSQL']]))(
    'on %s',
    databaseId => {
      it('finds the keys that were revoked since a backup', async () => {
        const knex = await databases.init(databaseId as 'POSTGRES_18');
        const portal = await startTestPortal({ knex });
        const [before, after] = await Promise.all([
          portal.createKey('ada'),
          portal.createKey('ada'),
        ]);
        await portal.createKey('ada');
        const time = Date.parse('2030-01-31T03:00Z');
        const revoke = ({ key }: typeof before, revokedAt: number) =>
          knex('api_keys')
            .where({ id: key.id })
            .update({ revoked_at: revokedAt });
        await revoke(before, time - 1);
        await revoke(after, time);
        const [sql] = snippetsOf(page, 'sql');
        const { rows } = await knex.raw(sql.replace(/;\s*$/, ''));
        expect(rows).toEqual([{ id: after.key.id }]);
        await portal.stop();
      });
    },
  );

  it('revokes everything after a restore if the revoked keys are unknown', async () => {
    const [body] = page.match(
      /\{"filter": \{"createdBefore".*?"limit": 1000\}/,
    )!;
    const portal = await startTestPortal({});
    const keys = [
      await portal.createKey('ada'),
      await portal.createKey('linus'),
    ];
    const admin = await portal.signIn('grace');
    const revokeAll = async () => {
      const now = new Date(Date.now() + 1000).toISOString();
      const answer = await portal
        .call('post', '/api/api-keys/v1/admin/revoke', admin)
        .send(JSON.parse(body.replace('<now>', now)))
        .expect(200);
      return answer.body.matched;
    };
    expect(await revokeAll()).toBe(2);
    for (const { secret } of keys) {
      await portal.call('get', '/api/probe/whoami', secret).expect(401);
    }
    expect(await revokeAll()).toBe(0);
    await portal.stop();
  });

  it('starts OpenTelemetry only in the main thread', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'api-keys-docs-'));
    const write = async (path: string, text: string) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    };
    try {
      const [code] = snippetsOf(page, 'js');
      await write('instrumentation.js', code);
      // Replaces packages that this repository does not have.
      await write(
        'node_modules/@opentelemetry/sdk-node.js',
        'exports.NodeSDK = class { constructor(options) { this.options = options; } start() { console.log("started", this.options.metricReader.name); } };',
      );
      await write(
        'node_modules/@opentelemetry/exporter-prometheus.js',
        'exports.PrometheusExporter = class { name = "prometheus" };',
      );
      await write(
        'program.js',
        'const { Worker, isMainThread } = require("node:worker_threads"); console.log(isMainThread); if (isMainThread) new Worker(__filename);',
      );
      const { stdout } = spawnSync(
        process.execPath,
        ['--require', './instrumentation.js', 'program.js'],
        { cwd: folder, encoding: 'utf8' },
      );
      expect(stdout).toBe('started prometheus\ntrue\nfalse\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
