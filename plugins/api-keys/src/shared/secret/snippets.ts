/** Where a secret can be used, in the order in which it is offered. */
export const SNIPPET_KINDS = [
  'curl',
  'env',
  'githubActions',
  'gitlabCi',
  'mcp',
  'fetch',
] as const;

export type SnippetKind = (typeof SNIPPET_KINDS)[number];

/** What secret stores and programs know the secret by. */
const VARIABLE = 'BACKSTAGE_TOKEN';

/** Where the portal is for those who use a key. */
export type PortalUrls = {
  /** Of the catalog's backend, without a slash at its end. */
  catalog: string;
  /** Of the backend that serves MCP clients, likewise. */
  mcp: string;
};

/** Where a secret can be used. A key that is for nothing in Backstage is of no use to its MCP server. */
export function snippetKinds(isForPortal: boolean): readonly SnippetKind[] {
  return SNIPPET_KINDS.filter(kind => isForPortal || kind !== 'mcp');
}

/**
 * Ready to paste, with the URL of the portal in it. The secret itself is only where it has to be: what is meant for a
 * repository refers to it by name.
 *
 * @param urls - left out for a key that is for nothing in Backstage: where other services are, whoever pastes it has to say
 */
export function snippetOf(
  kind: SnippetKind,
  urls: PortalUrls | undefined,
  secret: string,
): string {
  // A few entities are enough to see that it works.
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
        // In a block, since a colon in plain text would begin a mapping.
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
