import { parse } from 'yaml';
import {
  patternOf,
  readDocument,
  runCommands,
  snippetsOf,
} from '../__testUtils__/docs';
import { startTestPortal } from '../__testUtils__/startTestPortal';

const page = readDocument('docs/introspection.md');

describe('the page about introspection', () => {
  it('has credentials and commands that work and print the documented output', async () => {
    const [yaml] = snippetsOf(page, 'yaml');
    const token = 'of-the-gateway';
    const { backend } = parse(yaml.replace('${GATEWAY_TOKEN}', token));
    const portal = await startTestPortal({
      backend,
      apiKeys: { scopes: { offered: [{ name: 'deploy' }] } },
    });
    const [json] = snippetsOf(page, 'json');
    const gateway = await portal.createKey('grace', JSON.parse(json));
    const { secret } = await portal.createKey('ada', { scopes: ['deploy'] });
    const printed = await runCommands(
      snippetsOf(page, 'shell').map(command => `${command}echo`),
      { BACKSTAGE: portal.url, GATEWAY: gateway.secret, SECRET: secret },
    );
    expect(printed).toMatch(patternOf(snippetsOf(page, 'text').join('')));

    await portal
      .call('post', '/api/api-keys/v1/introspect', token)
      .type('form')
      .send({ token: secret })
      .expect(200);
    await portal.call('get', '/api/api-keys/v1/keys', token).expect(403);
    await portal.stop();
  });
});
