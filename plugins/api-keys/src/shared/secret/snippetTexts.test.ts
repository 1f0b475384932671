import { SNIPPET_KINDS, snippetKinds, snippetOf } from './snippetTexts';

const URLS = {
  catalog: 'https://portal.example.com/api/catalog',
  mcp: 'https://portal.example.com/api/mcp-actions',
};
const SECRET = 'bsk_topsecret';
const ENTITIES = 'https://portal.example.com/api/catalog/entities?limit=5';

const snippet = (kind: (typeof SNIPPET_KINDS)[number]) =>
  snippetOf(kind, URLS, SECRET);

describe('snippets', () => {
  it.each([
    ['curl', ENTITIES, true],
    ['env', ENTITIES, true],
    // Files that are committed to a repository.
    ['githubActions', ENTITIES, false],
    ['gitlabCi', ENTITIES, false],
    ['mcp', 'https://portal.example.com/api/mcp-actions/v1', true],
    ['fetch', ENTITIES, false],
  ] as const)('of %s call %s; with the secret: %s', (kind, url, hasSecret) => {
    expect(snippet(kind)).toContain(`"${url}"`);
    expect(snippet(kind).includes(SECRET)).toBe(hasSecret);
  });

  it('cover every kind', () => {
    expect(SNIPPET_KINDS).toHaveLength(6);
  });

  it('are one command for a terminal', () => {
    expect(snippet('curl')).toBe(
      `curl -H "Authorization: Bearer ${SECRET}" "${ENTITIES}"`,
    );
    expect(snippet('env').split('\n')).toEqual([
      `export BACKSTAGE_TOKEN='${SECRET}'`,
      `curl -H "Authorization: Bearer $BACKSTAGE_TOKEN" "${ENTITIES}"`,
    ]);
  });

  it('name the secret of a CI by its variable', () => {
    expect(snippet('githubActions')).toContain(
      'BACKSTAGE_TOKEN: ${{ secrets.BACKSTAGE_TOKEN }}',
    );
    expect(snippet('gitlabCi')).toContain('Bearer $BACKSTAGE_TOKEN"');
  });

  it('are JSON for MCP clients', () => {
    expect(JSON.parse(snippet('mcp'))).toEqual({
      mcpServers: {
        backstage: {
          type: 'http',
          url: 'https://portal.example.com/api/mcp-actions/v1',
          headers: { Authorization: `Bearer ${SECRET}` },
        },
      },
    });
  });

  it('are valid JavaScript', async () => {
    const calls: unknown[][] = [];
    const fetch = async (...args: unknown[]) => {
      calls.push(args);
      return { ok: true, json: async () => ['entity'] };
    };
    const { env } = process;
    // eslint-disable-next-line no-new-func -- running it is the point
    const run = new Function(
      'fetch',
      'process',
      `return (async () => { ${snippet('fetch')}\nreturn entities; })()`,
    );
    const entities = await run(fetch, {
      env: { ...env, BACKSTAGE_TOKEN: SECRET },
    });
    expect(entities).toEqual(['entity']);
    expect(calls).toEqual([
      [ENTITIES, { headers: { Authorization: `Bearer ${SECRET}` } }],
    ]);
  });
});

describe('snippets for a key without rights in Backstage', () => {
  it('leave out its MCP server', () => {
    expect(snippetKinds(true)).toEqual(SNIPPET_KINDS);
    expect(snippetKinds(false)).toEqual(
      SNIPPET_KINDS.filter(kind => kind !== 'mcp'),
    );
  });

  it.each(snippetKinds(false))(
    'of %s call a service, and nothing in the portal',
    kind => {
      const text = snippetOf(kind, undefined, SECRET);
      expect(text).toContain('"https://<service>"');
      expect(text).not.toMatch(/catalog|entities|Call Backstage/);
    },
  );

  it('are one command for a terminal', () => {
    expect(snippetOf('curl', undefined, SECRET)).toBe(
      `curl -H "Authorization: Bearer ${SECRET}" "https://<service>"`,
    );
  });
});
