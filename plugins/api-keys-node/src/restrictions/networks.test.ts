import { parseNetwork } from './networks';

describe('a network of allowedIps', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.0.0.7', '10.0.0.7/32'],
    ['0.0.0.0', '0.0.0.0/32'],
    ['255.255.255.255/32', '255.255.255.255/32'],
    ['128.0.0.0/1', '128.0.0.0/1'],
    ['192.168.250.0/23', '192.168.250.0/23'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['2001:DB8:0:0::/32', '2001:db8::/32'],
    ['::1', '::1/128'],
    ['::', '::/128'],
    ['8000::/1', '8000::/1'],
    ['64:ff9b::/96', '64:ff9b::/96'],
  ])('%s is kept as %s', (text, network) => {
    expect(parseNetwork(text)).toEqual({ network });
  });

  it.each([
    '',
    ' ',
    '/',
    '/8',
    '*',
    'any',
    'localhost',
    '10',
    '0/0',
    '10/8',
    '10.0.0/24',
    '10.0.0.0.0',
    '.10.0.0.0',
    '10.0.0.0.',
    '10..0.0',
    '167772160',
    '0x0a.0.0.0/8',
    '0x0a000000',
    '012.0.0.0/8',
    '000.0.0.0/0',
    '10.00.0.0/8',
    '256.0.0.0/8',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/+8',
    '10.0.0.0/8.0',
    '10.0.0.0/1e1',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/255.0.0.0',
    '10.0.0.0-10.0.0.9',
    '10.0.0.1,10.0.0.2',
    ' 10.0.0.0/8',
    '10.0.0.0/8 ',
    '10.0.0.0 /8',
    '10.0.0.0/8\n',
    '10.0.0.7\n',
    '１０.0.0.0/8',
    '10.0.0.7:443',
    '[::1]',
    'fe80::1%eth0',
    'fe80::1%eth0/64',
    '2001:db8::/129',
    '2001:db8::/032',
    '2001:db8:::/32',
    '2001::db8::/32',
    '2001:db8/32',
    '12345::/16',
    '::10.0.0.1',
    '::ffff:10.0.0.0/104',
    '2001:db8::10.0.0.1/128',
  ])('%j is none', text => {
    expect(parseNetwork(text)).toEqual({
      problem: expect.stringMatching(
        /^must be (an IP address|written as IPv4)/,
      ),
    });
  });

  it.each([
    ['10.0.0.1/8', '10.0.0.0/8 or 10.0.0.1/32 may be meant'],
    ['10.0.0.0/0', 'leave allowedIps out to allow every address'],
    ['2001:db8::1/32', '2001:db8::/32 or 2001:db8::1/128 may be meant'],
    ['::ffff:10.0.0.0/104', 'must be written as IPv4: 10.0.0.0/8'],
    ['::ffff:a00:0/104', 'must be written as IPv4: 10.0.0.0/8'],
    ['::ffff:a00:7', 'must be written as IPv4: 10.0.0.7/32'],
    ['::ffff:0:0/96', 'must be written as IPv4'],
    ['0.0.0.0/0', 'must not be 0.0.0.0/0: leave allowedIps out to allow'],
    ['::/0', 'must not be ::/0: leave allowedIps out to allow'],
    ['0:0::0/0', 'must not be ::/0: leave allowedIps out to allow'],
  ])('of %s it says what may be meant', (text, problem) => {
    expect(parseNetwork(text)).toEqual({
      problem: expect.stringContaining(problem),
    });
  });
});
