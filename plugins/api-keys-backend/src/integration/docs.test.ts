import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { parse } from 'yaml';
import { company } from '../__testUtils__/company';
import {
  pagesOfDocs,
  patternOf,
  readDocument,
  runCommands,
  runProgram,
  snippetsOf,
} from '../__testUtils__/docs';
import { eventually } from '../__testUtils__/eventually';
import { realCatalog } from '../__testUtils__/realCatalog';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';
import { readApiKeysConfig } from '../config';

/** Makes `curl` fail on error responses, so that they stop the commands. */
const STRICT_CURL =
  'curl() { command curl --silent --show-error --fail-with-body "$@"; }';

/** Group in the pages about offboarding. */
const PLATFORM: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'platform' },
  spec: { type: 'team', children: [] },
};

describe('the commands in the documents', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startTestPortal({
      port: await freePort(),
      realCatalog: realCatalog([...company, PLATFORM]),
    });
    await eventually(async () => {
      await portal.signIn('ada');
    });
  });

  afterAll(() => portal.stop());

  /** Returns the commands of a page that call the portal, with the values that readers fill in. */
  function commandsOf(page: string, secret = '', id = ''): string[] {
    return snippetsOf(readDocument(page), 'shell')
      .map(text =>
        text
          .replace(
            /https:\/\/backstage\.example\.com|http:\/\/localhost:7007/,
            portal.url,
          )
          .replace('bsk_…', secret)
          .replace('"…"', `"${id}"`)
          // Name of the demo portal's sign-in in the test portal.
          .replace('/auth/demo/', '/auth/test/'),
      )
      .filter(text => text.includes('curl') && !text.includes('…'));
  }

  const run = (commands: string[], variables: Record<string, string>) =>
    runCommands([STRICT_CURL, ...commands], variables);

  it('work as docs/getting-started.md says', async () => {
    const page = 'docs/getting-started.md';
    const commands = commandsOf(page);
    expect(commands).toHaveLength(5);
    const printed = await run(commands, { BACKSTAGE: portal.url });
    const promised = snippetsOf(readDocument(page), 'text');
    expect(promised).toHaveLength(3);
    expect(printed).toMatch(patternOf(promised.join('')));
  });

  it('use the key of the README until it is revoked, and then get the documented error', async () => {
    const { key, secret } = await portal.createKey('ada');
    const [command] = commandsOf('README.md', secret);
    expect(JSON.parse(await run([command], {}))).not.toHaveLength(0);

    const path = `/api/api-keys/v1/keys/${key.id}`;
    await portal.call('delete', path, await portal.signIn('ada')).expect(204);
    const headers = await runCommands(
      [command.replace('curl ', 'curl -s -o /dev/null -D - ')],
      {},
    );
    const [promised] = snippetsOf(readDocument('README.md'), 'text');
    expect(headers.split('\n')).toContainEqual(
      expect.stringMatching(patternOf(promised.trim())),
    );
  });

  describe('for users of a key', () => {
    const page = readDocument('docs/using-keys.md');
    let secret: string;
    let variables: Record<string, string>;

    beforeAll(async () => {
      ({ secret } = await portal.createKey('ada', { name: 'nightly' }));
      variables = { BACKSTAGE: portal.url, BACKSTAGE_TOKEN: secret };
    });

    it('keep the key out of the arguments of a program', async () => {
      const [list, self] = commandsOf('docs/using-keys.md');
      const entities = JSON.parse(await runCommands([list], variables));
      expect(entities).toHaveLength(1);
      const key = JSON.parse(await runCommands([self], variables));
      expect(key.name).toBe('nightly');
    });

    it('store it in .netrc', async () => {
      const [line] = snippetsOf(page, 'text');
      const netrc = line
        .replace('backstage.example.com', 'localhost')
        .replace('bsk_…', secret);
      const printed = await runCommands(
        [
          'printf %s "$NETRC" > netrc',
          'curl -sSf --netrc-file netrc "$BACKSTAGE/api/catalog/entities?limit=1"',
        ],
        { ...variables, NETRC: netrc },
      );
      expect(JSON.parse(printed)).toHaveLength(1);
    });

    it.each([0, 1])('call the catalog from code, variant %d', async i => {
      const programs = snippetsOf(page, 'js');
      expect(programs).toHaveLength(2);
      const printed = await runProgram(programs[i], variables);
      expect(printed).toContain("apiVersion: 'backstage.io/v1alpha1'");
    });
  });

  it('end many keys at once', async () => {
    await portal.createKey('ada');
    const TOKEN = await portal.signIn('grace');
    const printed = await run(commandsOf('docs/admin.md'), {
      BACKSTAGE: portal.url,
      TOKEN,
    });
    expect(JSON.parse(printed)).toMatchObject({
      matched: expect.any(Number),
      revoked: 0,
    });
  });

  it('transfer keys to a group', async () => {
    await portal.createKey('ada');
    const TOKEN = await portal.signIn('grace');
    const printed = await run(commandsOf('docs/offboarding.md'), {
      BACKSTAGE: portal.url,
      TOKEN,
    });
    expect(JSON.parse(printed)).toMatchObject({
      matched: expect.any(Number),
      transferred: 0,
    });
  });

  it('archive the audit trail', async () => {
    const [command] = commandsOf('docs/audit-trail.md');
    const printed = await run([command.replace('events.csv', '-')], {
      BACKSTAGE: portal.url,
      TOKEN: await portal.signIn('grace'),
    });
    expect(printed).toMatch(
      /^\ufeffid,at,category,type,keyId,owner,actor,details\r?\n/,
    );
  });

  it.each(['docs/security.md', 'docs/secret-scanning.md'])(
    'end the key with this secret, as %s says',
    async page => {
      const { secret } = await portal.createKey('ada');
      const commands = commandsOf(page, secret).filter(text =>
        text.includes('/v1/revoke'),
      );
      expect(commands).toHaveLength(1);
      await run(commands, { BACKSTAGE: portal.url, SECRET: secret });
      const { body } = await portal
        .call('get', '/api/probe/whoami', secret)
        .expect(401);
      expect(body.error.message).toContain('revoked');
    },
  );

  it('revoke keys again that a restored backup has brought back', async () => {
    const { key, secret } = await portal.createKey('ada');
    const commands = commandsOf('docs/operations.md', '', key.id);
    expect(commands).toHaveLength(1);
    const printed = await run(commands, {
      USER_TOKEN: await portal.signIn('grace'),
    });
    expect(JSON.parse(printed)).toMatchObject({ matched: 1, revoked: 1 });
    await portal.call('get', '/api/probe/whoami', secret).expect(401);
  });
});

describe('the settings in the documents', () => {
  const settings = ['README.md', ...pagesOfDocs()].flatMap(page =>
    snippetsOf(readDocument(page), 'yaml')
      // Secrets come from the environment. Only those of webhooks have a form.
      .map(text => parse(text.replace(/\$\{\w+\}/g, `whsec_${'x'.repeat(32)}`)))
      .map(({ apiKeys }) => ({ page, apiKeys }))
      .filter(({ apiKeys }) => apiKeys !== undefined),
  );

  it.each(settings)('are valid: $page', ({ apiKeys }) => {
    const config = new ConfigReader({ apiKeys });
    expect(() => readApiKeysConfig(config)).not.toThrow();
  });

  it('occur on several pages', () => {
    expect(new Set(settings.map(({ page }) => page)).size).toBeGreaterThan(4);
  });
});

describe('the installation steps', () => {
  const installs = (page: string) => {
    const text = readDocument(page);
    return ['shell', 'ts', 'yaml'].map(language =>
      snippetsOf(text, language).find(snippet =>
        /yarn --cwd packages\/backend|backend\.add|api-key: \{\}/.test(snippet),
      ),
    );
  };

  it('are the same on every page', () => {
    const [yarn, add, config] = installs('README.md');
    expect(installs('docs/getting-started.md')).toEqual([yarn, add, config]);
    const [ofPackage, addOfPackage, configOfPackage] = installs(
      'plugins/api-keys-backend/README.md',
    );
    expect(yarn).toContain(ofPackage);
    expect(addOfPackage).toContain(add);
    expect(configOfPackage).toContain(config);
  });
});
