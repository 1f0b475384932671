import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import { BackendFeature } from '@backstage/backend-plugin-api';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { TestPortal } from './startTestPortal';

/** Plugin that offers actions to MCP clients, and the real actions registry, which test backends mock by default. */
export const mcpFeatures: BackendFeature[] = [
  mcpPlugin,
  actionsRegistryServiceFactory,
];

/** Result of a tool call: its output, or the text of its error. */
export type ToolResult = { text: string; isError: boolean; output: any };

/** Stock MCP client, connected to a portal. */
export type TestMcpClient = {
  client: Client;
  call(name: string, args?: Record<string, unknown>): Promise<ToolResult>;
};

/** Client without a registration. */
const newcomer: OAuthClientProvider = {
  redirectUrl: 'http://localhost/callback',
  clientMetadata: { redirect_uris: ['http://localhost/callback'] },
  clientInformation: () => undefined,
  saveClientInformation: () => {},
  tokens: () => undefined,
  saveTokens: () => {},
  redirectToAuthorization: () => {},
  saveCodeVerifier: () => {},
  codeVerifier: () => '',
};

/** Transports of MCP clients. */
export const TRANSPORTS = {
  'streamable HTTP': StreamableHTTPClientTransport,
  SSE: SSEClientTransport,
};

/** Connects like an MCP client that is configured with an address and a header. */
export async function connectMcp(
  portal: Pick<TestPortal, 'url'>,
  bearer: string,
  options: {
    transport?: keyof typeof TRANSPORTS;
    /** Starts a log-in in the browser on every 401, as some clients do. */
    logsIn?: boolean;
  } = {},
): Promise<TestMcpClient> {
  const Transport = TRANSPORTS[options.transport ?? 'streamable HTTP'];
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(
    new Transport(new URL('/api/mcp-actions/v1', portal.url), {
      requestInit: { headers: { Authorization: `Bearer ${bearer}` } },
      authProvider: options.logsIn ? newcomer : undefined,
    }),
  );
  return {
    client,
    call: async (name, args = {}) => {
      const result = await client.callTool({ name, arguments: args });
      const [{ text }] = result.content as { text: string }[];
      return {
        text,
        isError: result.isError === true,
        output: result.structuredContent,
      };
    },
  };
}
