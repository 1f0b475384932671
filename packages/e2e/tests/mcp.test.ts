import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { revokeAllKeys } from './api';
import { expect, test } from './fixtures';

const NAME = 'Agent of the fleet';
const CATALOG_TOOL = 'catalog.get-catalog-entity';
const REGISTER_TOOL = 'catalog.register-entity';
const LOCATION = { locationUrl: 'https://example.com/catalog-info.yaml' };

test('Ada creates a key for an MCP client, which reads what she may read and changes nothing', async ({
  signIn,
  portal,
}) => {
  const ada = await signIn('Ada');
  await ada.openFromSidebar();
  const form = await ada.openCreateDialog();
  await form.getByLabel('MCP client').check();
  const reveal = await ada.submitCreateDialog(form, {
    name: NAME,
    expiry: '30 days',
  });
  const secret = await ada.secretIn(reveal);
  await ada.closeReveal(reveal);

  const client = await connect(portal.url, secret);
  const { tools } = await client.listTools();
  const names = tools.map(({ name }) => name);
  expect(names).toContain(CATALOG_TOOL);
  expect(names.filter(name => !name.startsWith('catalog.'))).toEqual([]);

  const read = await client.callTool({
    name: CATALOG_TOOL,
    arguments: { kind: 'user', name: 'ada' },
  });
  expect(read.isError).not.toBe(true);
  expect(JSON.stringify(read)).toContain('Ada Brandt');

  const register = { name: REGISTER_TOOL, arguments: LOCATION };
  const refused = await client.callTool(register);
  expect(refused.isError).toBe(true);
  expect(JSON.stringify(refused)).toContain(
    "NotAllowedError: The API key may be used for the plugin 'catalog', but not for 'catalog.location.create'",
  );

  await ada.page.reload();
  await expect(ada.lastUsed(NAME)).not.toContainText('Never');
  await ada.confirmRevocation(await ada.openRevokeDialog(NAME));
  await expect(client.listTools()).rejects.toThrow(/revoked/);
  await expect(connect(portal.url, secret)).rejects.toThrow(/revoked/);
  const metadata = await fetch(
    `${portal.url}/.well-known/oauth-protected-resource`,
  );
  expect(metadata.status).toBe(404);
  expect(metadata.headers.get('content-type')).toContain('application/json');
  await revokeAllKeys(portal, 'ada');
});

/** Connects as MCP clients do that are configured with an address and a header. */
async function connect(portalUrl: string, secret: string): Promise<Client> {
  const client = new Client({ name: 'agent', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(
      new URL('/api/mcp-actions/v1', portalUrl),
      { requestInit: { headers: { Authorization: `Bearer ${secret}` } } },
    ),
  );
  return client;
}
