import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { parseAddress } from './parseAddress';

const addresses = fc.oneof(fc.ipV4(), fc.ipV6());
const ports = fc.oneof(
  fc.nat(65535).map(port => `:${port}`),
  fc.stringMatching(/^:_[A-Za-z0-9._-]{1,20}$/),
);
const zones = fc.stringMatching(/^%[a-z0-9]{1,10}$/);
const isIpv6 = (address: string) => isIP(address) === 6;

/** An address, and one of the spellings that a proxy may use for it. */
const written = fc
  .record({
    address: addresses,
    port: fc.option(ports, { nil: '' }),
    zone: fc.option(zones, { nil: '' }),
    isInBrackets: fc.boolean(),
    isQuoted: fc.boolean(),
    hasName: fc.boolean(),
    blanks: fc.constantFrom('', ' ', '\t'),
  })
  .map(({ address, port, ...how }) => {
    const zoned = isIpv6(address) ? `${address}${how.zone}` : address;
    // Without brackets, the port of an IPv6 address would be ambiguous with its last group.
    const node =
      isIpv6(address) && (port !== '' || how.isInBrackets)
        ? `[${zoned}]${port}`
        : `${zoned}${port}`;
    const value = how.isQuoted ? `"${node}"` : node;
    const named = how.hasName ? `For=${value}` : value;
    return { address, text: `${how.blanks}${named}${how.blanks}` };
  });

/** Compares addresses with the socket library, which `parseAddress` does not use. */
const isSame = (one: string, other: string) => {
  const list = new BlockList();
  list.addAddress(one, isIpv6(one) ? 'ipv6' : 'ipv4');
  return list.check(other, isIpv6(other) ? 'ipv6' : 'ipv4');
};

describe('the address of a client', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0.7]:4711', 'fe80::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:4711', '203.0.113.7'],
    ['::ffff:0:0', '0.0.0.0'],
    ['::10.0.0.7', '::a00:7'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::1', '::1'],
    ['"203.0.113.7:4711"', '203.0.113.7'],
    ['for=203.0.113.7', '203.0.113.7'],
    ['For="[2001:db8::1]:47011"', '2001:db8::1'],
    ['for="203.0.113.7:_a.b-c"', '203.0.113.7'],
    [' 203.0.113.7\t', '203.0.113.7'],
  ])('is read from %j as %s', (text, address) => {
    expect(parseAddress(text)).toBe(address);
  });

  it.each([
    undefined,
    '',
    ' ',
    '"',
    '""',
    '[]',
    '[]:80',
    ':80',
    'unknown',
    'for=unknown',
    'for=_hidden',
    '_SEVKISEK',
    'localhost',
    'client.example.com:80',
    '203.0.113.7:',
    '203.0.113.7:http',
    '203.0.113.7:123456',
    '203.0.113.7:80:80',
    '[203.0.113.7]:80',
    '203.0.113.7%eth0',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.007',
    '0xcb.0.113.7',
    '3405803783',
    '203.0.113.7/24',
    '203.0.113.7, 203.0.113.8',
    '203.0.113.7 203.0.113.8',
    '203.0.113.7;proto=https',
    '２03.0.113.7',
    '2001:db8::1::2',
    '2001:db8:0:0:0:0:0:1:4711',
    '[2001:db8::1',
    '2001:db8::1]:80',
    '[2001:db8::1]80',
    '"[2001:db8::1]',
    '[fe80::1%]',
    "'; drop table api_keys; --",
    '<script>alert(1)</script>',
    '203.0.113.7\n203.0.113.8',
    '203.0.113.7\0',
    `${' '.repeat(1e6)}203.0.113.7`,
    `[${'a:'.repeat(1e6)}`,
  ])('cannot be read from %.60j', text => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it('is the same in every spelling', () => {
    fc.assert(
      fc.property(written, ({ address, text }) => {
        const parsed = parseAddress(text);
        expect(parsed).toBe(parseAddress(address));
        expect(isSame(parsed!, address)).toBe(true);
      }),
    );
  });

  it('is valid for Node and parses to itself, for every text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[[\]"0-9a-f:.%=_ ]{0,40}$/),
      written.map(({ text }) => text),
    );
    fc.assert(
      fc.property(texts, text => {
        const parsed = parseAddress(text);
        // Every address that Node recognizes is parsed.
        expect(parsed === undefined && isIP(text) !== 0).toBe(false);
        expect(parsed === undefined || isIP(parsed) !== 0).toBe(true);
        expect(parseAddress(parsed)).toBe(parsed);
      }),
    );
  });
});
