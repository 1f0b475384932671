/** Places to use a secret, in tab order. */
export const SNIPPET_KINDS = [
  'curl',
  'env',
  'githubActions',
  'gitlabCi',
  'mcp',
  'fetch',
] as const;

export type SnippetKind = (typeof SNIPPET_KINDS)[number];

/** Name of the environment variable in snippets. */
const VARIABLE = 'BACKSTAGE_TOKEN';

/** URLs of the portal for users of a key. */
export type PortalUrls = {
  /** URL of the catalog backend, without a trailing slash. */
  catalog: string;
  /** URL of the MCP backend, without a trailing slash. */
  mcp: string;
};

/** Returns the applicable places. A key without rights in Backstage cannot use its MCP server. */
export function snippetKinds(isForPortal: boolean): readonly SnippetKind[] {
  return SNIPPET_KINDS.filter(kind => isForPortal || kind !== 'mcp');
}

/**
 * Returns a snippet to paste. It contains the secret only where needed: snippets for a repository refer to it by name.
 *
 * @param urls - left out for a key without rights in Backstage; the user fills in the URL of the service
 */
export function snippetOf(
  kind: SnippetKind,
  urls: PortalUrls | undefined,
  secret: string,
): string {
  // A few entities are enough for a first test.
  const url = urls ? `${urls.catalog}/entities?limit=5` : 'https://<service>';
  const curl = (token: string, options = '') =>
    `curl ${options}-H "Authorization: Bearer ${token}" "${url}"`;
  switch (kind) {
    case 'curl':
      return curl(secret);
    case 'env':
      return [`export ${VARIABLE}='${secret}'`, curl(`$${VARIABLE}`)].join(
        '\n',
      );
    case 'githubActions':
      return [
        'steps:',
        `  - name: Call ${urls ? 'Backstage' : 'the service'}`,
        '    env:',
        `      ${VARIABLE}: \${{ secrets.${VARIABLE} }}`,
        '    run: |',
        `      ${curl(`$${VARIABLE}`, '--fail ')}`,
      ].join('\n');
    case 'gitlabCi':
      return [
        `call-${urls ? 'backstage' : 'service'}:`,
        '  image: curlimages/curl',
        '  script:',
        // A block scalar, since the command contains a colon.
        '    - |',
        `      ${curl(`$${VARIABLE}`, '--fail ')}`,
      ].join('\n');
    case 'mcp':
      return JSON.stringify(
        {
          mcpServers: {
            backstage: {
              type: 'http',
              url: `${urls?.mcp}/v1`,
              headers: { Authorization: `Bearer ${secret}` },
            },
          },
        },
        null,
        2,
      );
    case 'fetch':
      return [
        `const response = await fetch(${JSON.stringify(url)}, {`,
        `  headers: { Authorization: \`Bearer \${process.env.${VARIABLE}}\` },`,
        '});',
        'if (!response.ok) throw new Error(await response.text());',
        `const ${urls ? 'entities' : 'answer'} = await response.json();`,
      ].join('\n');
    default:
      throw new Error(`Unknown snippet: ${kind satisfies never}`);
  }
}
