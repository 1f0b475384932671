import { ConfigReader } from '@backstage/config';
import { readApiKeysConfig } from './readApiKeysConfig';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const URL_OF_SIEM = 'https://siem.example.com/hooks/t0ken';

const read = (...webhooks: Record<string, unknown>[]) =>
  readApiKeysConfig(
    new ConfigReader({
      apiKeys: {
        webhooks: webhooks.map(fields => ({
          url: URL_OF_SIEM,
          secret: SECRET,
          allowedHosts: ['siem.example.com'],
          ...fields,
        })) as any,
      },
    }),
  ).webhooks;

describe('webhooks', () => {
  it('are none by default', () => {
    expect(readApiKeysConfig(new ConfigReader({})).webhooks).toEqual([]);
  });

  it('have a URL, a key and the types of events that are posted', () => {
    expect(read({ eventTypes: ['revoked', 'leak-reported'] })).toEqual([
      {
        url: new URL(URL_OF_SIEM),
        key: Buffer.alloc(32, 7),
        eventTypes: ['revoked', 'leak-reported'],
      },
    ]);
  });

  it('may use http for this machine', () => {
    const url = 'http://localhost:8080/hook';
    expect(read({ url, allowedHosts: ['localhost:8080'] })).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a plain URL',
      { url: 'http://siem.example.com/t0ken' },
      'apiKeys.webhooks[0].url must be an https URL without a user name or a password',
    ],
    [
      'a password in the URL',
      { url: 'https://a:t0ken@siem.example.com/' },
      'apiKeys.webhooks[0].url must be an https URL without a user name or a password',
    ],
    [
      'a file',
      { url: 'file:///t0ken' },
      'apiKeys.webhooks[0].url must be an https URL',
    ],
    [
      'a host that is not allowed',
      { url: 'https://169.254.169.254/t0ken' },
      'apiKeys.webhooks[0].allowedHosts',
    ],
    [
      'another port than is allowed',
      { url: 'https://siem.example.com:8443/t0ken' },
      'a list of hosts with that of the URL, siem.example.com:8443',
    ],
    [
      'no list of hosts',
      { allowedHosts: undefined },
      'apiKeys.webhooks[0].allowedHosts',
    ],
    [
      'a secret without its prefix',
      { secret: 't0kent0kent0kent0kent0kent0kent0ken' },
      'apiKeys.webhooks[0].secret must be whsec_ and 24 to 64 random bytes in base64',
    ],
    [
      'a short secret',
      { secret: 'whsec_t0kent0k' },
      'apiKeys.webhooks[0].secret must be whsec_ and 24 to 64 random bytes',
    ],
    [
      'an unknown type of events',
      { eventTypes: ['revoked', 'borrowed'] },
      'apiKeys.webhooks[0].eventTypes[1]',
    ],
    [
      'a misspelt key',
      { eventType: ['revoked'] },
      'there is no apiKeys.webhooks[0].eventType; apiKeys.webhooks[0] may hold url, secret, allowedHosts, eventTypes',
    ],
  ])('cannot have %s', (_, fields, message) => {
    expect(() => read(fields)).toThrow(message);
    expect(() => read(fields)).not.toThrow('t0ken');
  });

  it('have a URL each', () => {
    expect(() => read({}, { eventTypes: ['revoked'] })).toThrow(
      'apiKeys.webhooks[1].url is that of apiKeys.webhooks[0], and must be another one',
    );
  });
});
