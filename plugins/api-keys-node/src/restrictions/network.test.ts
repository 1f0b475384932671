import { findDenial } from './enforce';

const isAllowed = (ip: string | undefined, allowedIps?: string[]) =>
  !findDenial({ allowedIps }, { client: { ip } });

describe('the networks of a key', () => {
  it.each<[string | undefined, string[], boolean]>([
    ['10.1.2.3', ['10.0.0.0/8'], true],
    ['11.1.2.3', ['10.0.0.0/8'], false],
    ['11.1.2.3', ['10.0.0.0/8', '11.0.0.0/8'], true],
    ['192.0.2.7', ['192.0.2.7/32'], true],
    ['192.0.2.8', ['192.0.2.7/32'], false],
    ['::a01:203', ['10.0.0.0/8'], false],
    ['::ffff:10.1.2.3', ['10.0.0.0/8'], true],
    ['::ffff:a01:203', ['10.0.0.0/8'], true],
    ['10.1.2.3:4711', ['10.0.0.0/8'], true],
    ['2001:db8::1', ['2001:db8::/32'], true],
    ['2001:db9::1', ['2001:db8::/32'], false],
    ['2001:db8::1', ['10.0.0.0/8'], false],
    ['10.1.2.3', ['2001:db8::/32'], false],
    ['::1', ['127.0.0.0/8'], false],
    ['fe80::1%eth0', ['fe80::/10'], true],
    // An invalid network or address allows nothing.
    ['10.1.2.3', [], false],
    ['10.1.2.3', ['everywhere'], false],
    ['10.1.2.3', ['everywhere', '10.0.0.0/8'], true],
    ['somewhere', ['0.0.0.0/0', '::/0'], false],
    [undefined, ['0.0.0.0/0', '::/0'], false],
  ])('%s in %j: %p', (ip, networks, verdict) => {
    expect(isAllowed(ip, networks)).toBe(verdict);
  });

  it('allow every address if there are none', () => {
    expect(isAllowed('10.1.2.3')).toBe(true);
    expect(isAllowed(undefined)).toBe(true);
  });
});
