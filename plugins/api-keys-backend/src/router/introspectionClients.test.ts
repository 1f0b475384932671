import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { runProgram } from '../__testUtils__/docs';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const INTROSPECTION: ApiKeyAccessRestriction[] = [
  { plugin: 'api-keys', permission: ['api-keys.introspect'] },
];

/** Prints the results of two introspections and two revocations as JSON. */
const OAUTH4WEBAPI = `
import * as oauth from 'oauth4webapi';
const { API, CREDENTIAL, SECRET } = process.env;
const as = {
  issuer: API,
  introspection_endpoint: API + '/introspect',
  revocation_endpoint: API + '/revoke',
};
const client = { client_id: 'gateway' };
const options = { [oauth.allowInsecureRequests]: true };
const basic = oauth.ClientSecretBasic(CREDENTIAL);
const ask = async () => {
  const response = await oauth.introspectionRequest(as, client, basic, SECRET, {
    ...options,
    additionalParameters: { token_type_hint: 'access_token', client_ip: '10.0.0.7' },
  });
  return oauth.processIntrospectionResponse(as, client, response);
};
const revoke = async auth => {
  const response = await oauth.revocationRequest(as, client, auth, SECRET, {
    ...options,
    additionalParameters: { token_type_hint: 'access_token' },
  });
  return oauth.processRevocationResponse(response);
};
const before = await ask();
await revoke(oauth.None());
await revoke(basic);
await revoke(oauth.ClientSecretPost('whatever'));
console.log(JSON.stringify([before, await ask()]));
`;

const OPENID_CLIENT = `
import * as client from 'openid-client';
const { API, CREDENTIAL, SECRET } = process.env;
const configOf = auth => {
  const config = new client.Configuration(
    {
      issuer: API,
      introspection_endpoint: API + '/introspect',
      revocation_endpoint: API + '/revoke',
    },
    'gateway',
    undefined,
    auth,
  );
  client.allowInsecureRequests(config);
  return config;
};
const config = configOf(client.ClientSecretBasic(CREDENTIAL));
const ask = () => client.tokenIntrospection(config, SECRET, { client_ip: '10.0.0.7' });
const before = await ask();
await client.tokenRevocation(configOf(client.None()), SECRET);
await client.tokenRevocation(config, SECRET, { token_type_hint: 'access_token' });
console.log(JSON.stringify([before, await ask()]));
`;

describe('OAuth clients that know nothing of Backstage', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startTestPortal({
      apiKeys: { scopes: { offered: [{ name: 'deploy' }] } },
    });
  });

  afterAll(() => portal.stop());

  it.each([
    ['oauth4webapi', OAUTH4WEBAPI],
    ['openid-client', OPENID_CLIENT],
  ])('%s introspects and revokes a key', async (_, program) => {
    const gateway = await portal.createKey('grace', {
      accessRestrictions: INTROSPECTION,
    });
    const { key, secret } = await portal.createKey('ada', {
      scopes: ['deploy'],
    });
    const printed = await runProgram(program, {
      API: `${portal.url}/api/api-keys/v1`,
      CREDENTIAL: gateway.secret,
      SECRET: secret,
    });
    expect(JSON.parse(printed)).toEqual([
      {
        active: true,
        sub: 'user:default/ada',
        username: 'user:default/ada',
        client_id: key.id,
        owner: 'user:default/ada',
        iat: Math.floor(Date.parse(key.createdAt) / 1000),
        exp: Math.floor(Date.parse(key.expiresAt!) / 1000),
        scope: 'deploy',
        token_type: 'Bearer',
      },
      { active: false },
    ]);
  });

  it.each<[string, (secret: string) => string]>([
    ['the password', secret => `gateway:${secret}`],
    ['the user name', secret => `${secret}:`],
    ['encoded as RFC 6749 has it', s => `gateway:${s.replace('_', '%5F')}`],
    ['encoded in lower case', s => `${s.replace('_', '%5f')}:x`],
  ])('may send their key by Basic authentication as %s', async (_, userOf) => {
    const gateway = await portal.createKey('grace', {
      accessRestrictions: INTROSPECTION,
    });
    const { secret } = await portal.createKey('ada');
    const { body } = await portal
      .call('post', '/api/api-keys/v1/introspect')
      .set('Authorization', `Basic ${btoa(userOf(gateway.secret))}`)
      .type('form')
      .send({ token: secret })
      .expect(200);
    expect(body.active).toBe(true);
  });
});
