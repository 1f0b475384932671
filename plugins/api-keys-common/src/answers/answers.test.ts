import { ApiKeysClient } from '../ApiKeysClient';
import { UnexpectedAnswerError } from './UnexpectedAnswerError';

const SECRET = 'bsk_0123456789abcdefghijABCDEFGHIJ0123456789abcXYZ0Q';

const KEY = {
  id: 'k1',
  name: 'CI deploy',
  description: null,
  owner: 'user:default/ada',
  subject: 'user:default/ada',
  createdBy: 'user:default/ada',
  createdAt: '2026-10-20T10:00:00.000Z',
  expiresAt: null,
  inactivityTimeout: 'P30D',
  inactiveAt: '2026-11-20T10:00:00.000Z',
  lastUsedAt: null,
  lastUsedIp: null,
  lastUsedUserAgent: null,
  useCount: 0,
  status: 'active',
  revokedAt: null,
  revokedBy: null,
  revokedReason: null,
  hint: 'Z0Q1',
  familyId: 'k1',
  predecessorId: null,
  rotatedBy: null,
  successorId: null,
  overlapEndsAt: null,
  accessRestrictions: [{ plugin: 'catalog', permission: ['read'] }],
  allowedIps: null,
  scopes: [],
  ownershipCap: null,
};
/** Fields that the key above has and other keys may lack. */
const MAY_BE_NULL = ['inactivityTimeout', 'inactiveAt', 'accessRestrictions'];
const PAGE = {
  items: [KEY],
  totalItems: 1,
  totalIsCapped: false,
  pageInfo: {},
};

const clientOf = (response: Response) =>
  new ApiKeysClient({
    discoveryApi: { getBaseUrl: async () => 'https://portal.example.com' },
    fetchApi: { fetch: async () => response },
  });
const listOf = (body: unknown) => clientOf(Response.json(body)).listKeys();
const html = () =>
  new Response(`<html>Sign in, ${SECRET}</html>`, {
    headers: { 'Content-Type': 'text/html' },
  });
const json = { headers: { 'Content-Type': 'application/json' } };

describe('an answer of the API', () => {
  it.each<[string, object]>([
    ['as it is', {}],
    ['with a field that is new', { color: 'red' }],
    ['with a status that is new', { status: 'resting' }],
    ['without a field that may be null', { ownershipCap: undefined }],
  ])('is taken %s', async (_, fields) => {
    const page = { ...PAGE, items: [{ ...KEY, ...fields }] };
    await expect(listOf(page)).resolves.toMatchObject({ totalItems: 1 });
  });
});

describe('what is no answer of the API is refused', () => {
  it.each<[string, () => Response]>([
    ['a page of HTML', html],
    ['an empty body', () => new Response('', json)],
    ['nothing', () => new Response(null, { status: 204 })],
    ['half an answer', () => new Response(`{"secret":"${SECRET}"`, json)],
  ])('%s', async (_, answer) => {
    const refused = clientOf(answer()).listKeys();
    await expect(refused).rejects.toThrow(UnexpectedAnswerError);
    await expect(refused).rejects.not.toThrow(SECRET);
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'the body is not an object'],
    ['a list', [KEY], 'the body is not an object'],
    ['an empty object', {}, 'items is not a list'],
    ['no list', { ...PAGE, items: {} }, 'items is not a list'],
    ['no object', { ...PAGE, items: [null] }, 'items[0] is not an object'],
    ['no number', { ...PAGE, totalItems: '1' }, 'totalItems is not a number'],
    ['no page info', { ...PAGE, pageInfo: null }, 'pageInfo is not an object'],
    [
      'no flag',
      { ...PAGE, totalIsCapped: 'no' },
      'totalIsCapped is not true or false',
    ],
  ])('%s', async (_, body, problem) => {
    await expect(listOf(body)).rejects.toThrow(problem);
  });

  it.each<[string, object, string]>([
    ['no text', { name: 5 }, 'items[1].name is not a text'],
    ['no time', { expiresAt: 'soon' }, 'items[1].expiresAt is not a time'],
    [
      'no duration',
      { inactivityTimeout: 'long' },
      'items[1].inactivityTimeout is not a duration',
    ],
    [
      'no plugin',
      { accessRestrictions: [{}] },
      'items[1].accessRestrictions[0].plugin is not a text',
    ],
  ])('a key with %s', async (_, fields, problem) => {
    const items = [KEY, { ...KEY, ...fields }];
    await expect(listOf({ ...PAGE, items })).rejects.toThrow(problem);
  });

  it.each(
    Object.entries(KEY)
      .filter(([, value]) => value !== null)
      .map(([name]) => name)
      .filter(name => !MAY_BE_NULL.includes(name)),
  )('a key without its %s', async name => {
    const page = { ...PAGE, items: [{ ...KEY, [name]: undefined }] };
    await expect(listOf(page)).rejects.toThrow(`items[0].${name} is not`);
  });

  it('in place of the secret of a new key, without the secret in the error', async () => {
    const body = { key: { ...KEY, name: { SECRET } }, secret: SECRET };
    const refused = clientOf(Response.json(body)).createKey({ name: 'x' });
    await expect(refused).rejects.toThrow('key.name is not a text');
    await expect(refused).rejects.not.toThrow(SECRET);
  });

  it.each<[string, (client: ApiKeysClient) => Promise<unknown>]>([
    ['that a key was revoked', client => client.revokeKey('k1')],
    ['that a policy was removed', client => client.removeOwnerPolicy('x')],
    ['of the inventory as CSV', client => client.exportKeys()],
    ['of the audit trail as CSV', client => client.exportEvents()],
  ])('a page of HTML in place of the answer %s', async (_, call) => {
    await expect(call(clientOf(html()))).rejects.toThrow(UnexpectedAnswerError);
    await expect(
      call(clientOf(Response.json({ revoked: true }))),
    ).rejects.toThrow(UnexpectedAnswerError);
  });

  it('but a connection that breaks is none', async () => {
    const response = Response.json(PAGE);
    response.text = async () => {
      throw new TypeError('network error');
    };
    await expect(clientOf(response).listKeys()).rejects.toThrow(TypeError);
  });
});
