import express from 'express';
import request from 'supertest';
import { addressBucket } from './addressBucket';
import { clientAddress } from './clientAddress';

/** With supertest, the socket is on this machine. */
const addressOf = async (
  trustProxy: boolean | number | string | string[] | undefined,
  headers: Record<string, string>,
) => {
  const app = express();
  if (trustProxy !== undefined) app.set('trust proxy', trustProxy);
  app.get('/', (req, res) => {
    res.json({ ours: clientAddress(req), express: req.ip });
  });
  const { body } = await request(app).get('/').set(headers);
  return body;
};
const THIS_MACHINE = '127.0.0.1';

describe('the client of a request', () => {
  it.each<[string, boolean | number | string | string[], string, string?]>([
    ['no trust', false, '192.0.2.7', THIS_MACHINE],
    ['a hop', 1, '192.0.2.7', '192.0.2.7'],
    ['a hop', 1, '192.0.2.7:4711', '192.0.2.7'],
    ['a hop', 1, '192.0.2.7, 198.51.100.7:80', '198.51.100.7'],
    ['two hops', 2, '192.0.2.7:4711, 10.0.0.5:80', '192.0.2.7'],
    ['two hops', 2, '192.0.2.7', '192.0.2.7'],
    ['two hops', 2, '192.0.2.7, unknown', '192.0.2.7'],
    ['two hops', 2, ', ,192.0.2.7 ,, 10.0.0.5', '192.0.2.7'],
    ['all', true, '192.0.2.7, 198.51.100.7', '192.0.2.7'],
    ['a hop', 1, '"[2001:db8::1]:4711"', '2001:db8::1'],
    ['a hop', 1, 'unknown', undefined],
    ['a hop', 1, '192.0.2.7, unknown', undefined],
    ['a hop', 1, '192.0.2.7, _hidden', undefined],
    ['a list', ['loopback', '10.0.0.0/8'], '192.0.2.7', '192.0.2.7'],
    [
      'a list, whose members come with ports',
      ['loopback', '10.0.0.0/8'],
      '192.0.2.7:80, 10.0.0.5:4711, ::ffff:10.0.0.6',
      '192.0.2.7',
    ],
    [
      'a list, which the client claims to be on',
      ['loopback', '10.0.0.0/8'],
      '192.0.2.7, 10.0.0.5:4711, 198.51.100.7:80',
      '198.51.100.7',
    ],
    [
      'a list, of which nothing is unknown',
      ['loopback', '10.0.0.0/8'],
      '192.0.2.7, unknown',
      undefined,
    ],
    ['a list without the proxy', '10.0.0.0/8', '192.0.2.7', THIS_MACHINE],
  ])('with trust in %s (%j) behind %j is %s', async (_, trust, header, ip) => {
    const { ours } = await addressOf(trust, { 'X-Forwarded-For': header });
    expect(ours).toBe(ip);
  });

  it.each([false, 1, 2, true, 'loopback'])(
    'is what Express takes it for, with trust in %j, where entries are plain addresses',
    async trust => {
      for (const header of ['192.0.2.7', '192.0.2.7, 198.51.100.7, ::1']) {
        const answer = await addressOf(trust, { 'X-Forwarded-For': header });
        expect(answer.ours).toBe(answer.express.replace('::ffff:', ''));
      }
    },
  );

  it.each([false, 1, true, ['loopback']])(
    'does not choose an address by Forwarded, with trust in %j',
    async trust => {
      const forwarded = { Forwarded: 'for=192.0.2.9' };
      expect((await addressOf(trust, forwarded)).ours).toBe(THIS_MACHINE);
      const both = { ...forwarded, 'X-Forwarded-For': '192.0.2.7' };
      const expected = trust ? '192.0.2.7' : THIS_MACHINE;
      expect((await addressOf(trust, both)).ours).toBe(expected);
    },
  );

  it('is unknown where Express has not seen the request', () => {
    const req = { headers: {}, socket: { remoteAddress: '192.0.2.7' } };
    expect(clientAddress(req as any)).toBeUndefined();
  });
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8::1', '2001:db8::'],
  ['2001:db8::ffff:2', '2001:db8::'],
  ['2001:db8:0:1::2', '2001:db8:0:1::'],
  [undefined, 'unknown'],
])('requests from %s are counted as those of %s', (address, bucket) => {
  expect(addressBucket(address)).toBe(bucket);
});
