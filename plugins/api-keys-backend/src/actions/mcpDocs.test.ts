import { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import {
  readDocument,
  runCommands,
  runProgram,
  snippetsOf,
} from '../__testUtils__/docs';
import { connectMcp, mcpFeatures } from '../__testUtils__/mcp';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const page = readDocument('docs/mcp.md');
const snippets = (language: string) => snippetsOf(page, language);

/** In the order of the page. */
const CLIENTS = ['Claude Code', 'Claude Desktop', 'VS Code', 'Cursor'];

const PORTAL = 'https://backstage.example.com';
/** Imports that the page's program omits. */
const IMPORTS = [
  "import { Client } from '@modelcontextprotocol/sdk/client/index.js';",
  "import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';",
].join('\n');
/** Stands in for Claude Code: prints its arguments. */
const CLAUDE = `claude() { printf '%s\\n' "$@"; }`;

/** The clients' syntaxes for a variable that holds the key, and the literal of mcp-remote. */
const VARIABLE = /\$\{(?:env:|input:)?(BACKSTAGE_TOKEN|backstage-api-key)\}/;

const start = (actions: JsonObject) =>
  startTestPortal({
    config: {
      backend: {
        baseUrl: 'http://localhost:0',
        listen: { port: 0 },
        database: { client: 'better-sqlite3', connection: ':memory:' },
        actions: { pluginSources: ['api-keys'], ...actions },
      },
    },
    features: mcpFeatures,
  });

/** Address and header value that a client derives from its configuration. */
function settingsOf(json: string): { url: string; authorization: string } {
  const { mcpServers, servers = mcpServers } = JSON.parse(json);
  const { url, headers, args, env } = servers.backstage;
  if (url) return { url, authorization: headers.Authorization };
  const [, , address, , header] = args;
  return {
    url: address,
    authorization: header.replace(
      /^Authorization:\$\{(\w+)\}$/,
      (_: string, name: string) =>
        env[name].replace('bsk_…', '${BACKSTAGE_TOKEN}'),
    ),
  };
}

describe('the page about MCP', () => {
  let portal: TestPortal;
  let secret: string;

  beforeAll(async () => {
    portal = await start({});
    ({ secret } = await portal.createKey('ada'));
  });

  afterAll(() => portal.stop());

  it.each(CLIENTS)('configures %s', async name => {
    const json = snippets('json')[CLIENTS.indexOf(name)];
    const { url, authorization } = settingsOf(json);
    expect(url).toBe(`${PORTAL}/api/mcp-actions/v1`);
    expect(authorization).toMatch(VARIABLE);
    const [scheme, bearer] = authorization.replace(VARIABLE, secret).split(' ');
    expect(scheme).toBe('Bearer');
    const { client } = await connectMcp(portal, bearer);
    const { tools } = await client.listTools();
    expect(tools).toHaveLength(3);
  });

  it('shows with curl whether a key works', async () => {
    const [curl] = snippets('shell').filter(text => text.startsWith('curl'));
    const stdout = await runCommands([curl], {
      BACKSTAGE: portal.url,
      BACKSTAGE_TOKEN: secret,
    });
    expect(stdout).toContain('user:default/ada');
    expect(stdout).not.toContain(secret);
  });

  it.each(['docs/mcp.md', 'docs/getting-started.md'])(
    'has a command for Claude Code in %s',
    async document => {
      const [command] = snippetsOf(readDocument(document), 'shell').filter(
        text => text.startsWith('claude'),
      );
      const printed = await runCommands(
        [CLAUDE, command.replace('bsk_…', secret)],
        { BACKSTAGE_TOKEN: secret },
      );
      const [, , ...args] = printed.trim().split('\n');
      const [, transport, name, url, , header] = args;
      expect([transport, name]).toEqual(['http', 'backstage']);
      expect(new URL(url).pathname).toBe('/api/mcp-actions/v1');
      const [, bearer] = header.match(/^Authorization: Bearer (.*)$/)!;
      const { client } = await connectMcp(portal, bearer);
      expect((await client.listTools()).tools).toHaveLength(3);
    },
  );

  it('connects a program', async () => {
    const [, program] = snippets('ts');
    const printed = await runProgram(
      `${IMPORTS}\n${program}\nconsole.log(tools.length);\nawait client.close();`,
      { BACKSTAGE: portal.url, BACKSTAGE_TOKEN: secret },
    );
    expect(printed).toBe('3\n');
  });

  it('names every tool, and says how to disable the destructive one', async () => {
    const filter = snippets('yaml')
      .map(text => parse(text).backend.actions.filter)
      .find(Boolean);
    const filtered = await start({ filter });
    const { secret: other } = await filtered.createKey('ada');
    const toolsOf = async (...connection: Parameters<typeof connectMcp>) => {
      const { client } = await connectMcp(...connection);
      const { tools } = await client.listTools();
      return tools.map(({ name }) => name);
    };
    expect(await toolsOf(filtered, other)).toEqual([
      'api-keys.list',
      'api-keys.whoami',
    ]);
    await filtered.stop();
    for (const name of await toolsOf(portal, secret)) {
      expect(page).toContain(`| \`${name}\``);
    }
  });
});
