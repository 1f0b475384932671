import { apiKeyServiceFactories } from 'backstage-plugin-api-keys-node';
import request from 'supertest';
import { parse } from 'yaml';
import { readDocument, runCommands, snippetsOf } from '../__testUtils__/docs';
import { eventually } from '../__testUtils__/eventually';
import { probePlugin } from '../__testUtils__/probePlugin';
import { startRemotePlugins } from '../__testUtils__/startRemotePlugins';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const page = readDocument('docs/several-backends.md');
const [command] = snippetsOf(page, 'shell');
const [, asked] = command.match(/(https:\S+)/) ?? [];
const [portalConfig, toolsConfig] = snippetsOf(page, 'yaml');

/** The page sets up two backends; the hosts of its examples are local ports here. */
describe('the page about several backends', () => {
  let portal: TestPortal;
  let portalPort: number;
  let toolsPort: number;

  const onPorts = (config: string) =>
    parse(
      config
        .replaceAll(
          'https://backstage.example.com',
          `http://localhost:${portalPort}`,
        )
        .replaceAll(
          'https://tools.example.com',
          `http://localhost:${toolsPort}`,
        ),
    );

  const startTools = (options: {
    takesKeys: boolean;
    findsKeys: boolean;
  }): Promise<{ stop(): Promise<void> }> =>
    startRemotePlugins({
      port: toolsPort,
      config: options.findsKeys
        ? onPorts(toolsConfig)
        : onPorts(toolsConfig.replace('api-keys, ', '')),
      features: [
        ...(options.takesKeys ? apiKeyServiceFactories : []),
        probePlugin('scaffolder'),
      ],
    });

  const whoami = () => `http://localhost:${toolsPort}/api/scaffolder/whoami`;
  const statusFor = (secret: string) =>
    runCommands([command.replace(asked, whoami())], {
      BACKSTAGE_TOKEN: secret,
    });

  beforeAll(async () => {
    portalPort = await freePort();
    toolsPort = await freePort();
    portal = await startTestPortal({
      port: portalPort,
      apiKeys: { lastUsed: { resolution: '1 second' } },
      config: onPorts(portalConfig),
    });
  });

  afterAll(() => portal.stop());

  it('has all that a key needs to work in both, and explains the responses', async () => {
    const tools = await startTools({ takesKeys: true, findsKeys: true });
    const { key, secret } = await portal.createKey('ada');
    expect(await statusFor(secret)).toBe('200\n');
    await eventually(async () => {
      const session = await portal.signIn('ada');
      const path = `/api/api-keys/v1/keys/${key.id}`;
      const { body } = await portal.call('get', path, session);
      expect(body.lastUsedAt).not.toBeNull();
    });
    const { secret: foreign } = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'techdocs' }],
    });
    expect(await statusFor(foreign)).toBe('403\n');
    await tools.stop();
  });

  it('says how to recognize a backend that does not accept keys', async () => {
    const tools = await startTools({ takesKeys: false, findsKeys: true });
    const { secret } = await portal.createKey('ada');
    expect(await statusFor(secret)).toBe('401\n');
    const { headers } = await request(whoami())
      .get('')
      .set('Authorization', `Bearer ${secret}`);
    expect(headers).not.toHaveProperty('www-authenticate');
    await tools.stop();
  });

  it('says how to recognize a backend that does not find the plugin', async () => {
    const tools = await startTools({ takesKeys: true, findsKeys: false });
    const { secret } = await portal.createKey('ada');
    expect(await statusFor(secret)).toBe('503\n');
    await tools.stop();
  });
});
