import notificationsPlugin from '@backstage/plugin-notifications-backend';
import { parse } from 'yaml';
import { company } from '../__testUtils__/company';
import { readDocument, runCommands, snippetsOf } from '../__testUtils__/docs';
import { eventually } from '../__testUtils__/eventually';
import { mcpFeatures } from '../__testUtils__/mcp';
import { realCatalog } from '../__testUtils__/realCatalog';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const page = readDocument('docs/restrictions.md');
const snippets = (...languages: string[]) => snippetsOf(page, ...languages);

describe('the page about restrictions', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startTestPortal({
      port: await freePort(),
      features: [...mcpFeatures, notificationsPlugin],
      realCatalog: realCatalog(company),
    });
    await eventually(async () => {
      await portal.signIn('ada');
    });
  });

  afterAll(() => portal.stop());

  it('has recipes that create keys', async () => {
    const bodies = snippets('json').map(text => JSON.parse(text));
    expect(bodies.map(({ name }) => name)).toEqual([
      'dashboard',
      'ci',
      'agent',
    ]);
    for (const body of bodies) {
      const { key } = await portal.createKey('ada', body);
      expect(key.accessRestrictions).toEqual(body.accessRestrictions);
      expect(key.allowedIps).toEqual(body.allowedIps ?? null);
    }
  });

  it('has commands that print the documented output', async () => {
    const [dashboard] = snippets('json').map(text => JSON.parse(text));
    const { secret } = await portal.createKey('ada', dashboard);
    const commands = snippets('shell').filter(text => !text.includes('…'));
    const stdout = await runCommands(commands, {
      BACKSTAGE: portal.url,
      SECRET: secret,
    });
    expect(stdout).toBe(snippets('text').join(''));
  });

  it('has limits that are parsed as documented', async () => {
    const { backend, apiKeys } = Object.assign(
      {},
      ...snippets('yaml').map(text => parse(text)),
    );
    const limited = await startTestPortal({
      apiKeys,
      backend: {
        ...backend,
        listen: { port: 0 },
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
    });
    const { secret } = await limited.createKey('ada');
    const { headers } = await limited
      .call('get', '/api/probe/whoami', secret)
      .expect(200);
    expect(headers).toMatchObject({
      'ratelimit-limit': '600',
      'ratelimit-remaining': '599',
      'ratelimit-reset': '60',
    });
    for (const name of Object.keys(headers)) {
      if (!name.startsWith('ratelimit-')) continue;
      expect(page.toLowerCase()).toContain(`| \`${name}\``);
    }
    await limited.stop();
  });
});
