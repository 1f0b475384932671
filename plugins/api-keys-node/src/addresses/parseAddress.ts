import { isIP } from 'node:net';

/*
 * Without Backstage: services outside of it read addresses in the same way.
 */

/** A number, or an obfuscated port (RFC 7239 §6.3). */
const PORT = '(?::(?:\\d{1,5}|_[\\w.-]+))?';
const IPV4 = new RegExp(`^([\\d.]+)${PORT}$`);
/** A zone (RFC 4007 §11) means something on the machine alone that wrote it. */
const ZONE = '(?:%[\\w.:~-]+)?';
const IPV6 = new RegExp(`^([\\da-f:.]+)${ZONE}$`, 'i');
const IPV6_IN_BRACKETS = new RegExp(`^\\[([\\da-f:.]+)${ZONE}\\]${PORT}$`, 'i');
/** As URLs have it (https://url.spec.whatwg.org/#concept-ipv6-serializer). */
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;
/** The parameter of RFC 7239 §5.2, which some proxies write with its name. */
const NAME = /^for=/i;
const QUOTED = /^"(.*)"$/;
/** Longer than any address with a name, quotes, a zone and a port. */
const MAX_LENGTH = 256;

/**
 * Reads the address that a proxy or a socket wrote: with or without a port, brackets, a zone, or the syntax of a node in
 * RFC 7239 (`for="[2001:db8::1]:47011"`).
 *
 * @returns the canonical form (RFC 5952), which is IPv4 for a mapped address (`::ffff:10.0.0.7`); undefined for what is no
 * address, such as `unknown` or `_hidden`
 * @public
 */
export function parseAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > MAX_LENGTH) return undefined;
  const node = text.trim().replace(NAME, '').replace(QUOTED, '$1');
  const [, ipv4 = ''] = IPV4.exec(node) ?? [];
  if (isIP(ipv4) === 4) return ipv4;
  const [, ipv6 = ''] = IPV6.exec(node) ?? IPV6_IN_BRACKETS.exec(node) ?? [];
  return isIP(ipv6) === 6 ? canonicalIpv6(ipv6) : undefined;
}

/**
 * Returns the form of RFC 5952, or IPv4 for a mapped address. Not by ipaddr.js, which takes `::10.0.0.7` for a mapped address, too.
 */
function canonicalIpv6(text: string): string {
  const { hostname } = new URL(`http://[${text}]`);
  const address = hostname.slice(1, -1);
  const [, high, low] = MAPPED.exec(address) ?? [];
  if (high === undefined) return address;
  return [high, low]
    .map(group => parseInt(group, 16))
    .flatMap(group => [Math.floor(group / 256), group % 256])
    .join('.');
}
