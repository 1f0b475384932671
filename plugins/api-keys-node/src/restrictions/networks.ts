import ipaddr from 'ipaddr.js';

const IPV4 = /^(?:(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}$/;
/** The alternative with dots matches IPv4-mapped addresses, which get an error message of their own. */
const IPV6 = /^[0-9a-f:]+$|^::ffff:[\d.]+$/i;
const LENGTH = /^(?:0|[1-9]\d{0,2})$/;

const ONE_WAY = 'must be an IP address, or a network such as 10.0.0.0/8';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/**
 * Parses an entry of a key's `allowedIps`. Rejects ambiguous spellings: a network that the user understands differently could
 * leave a key open that was meant to be closed.
 *
 * @returns the network in its canonical form, or the problem, as in "allowedIps[0]: must …"
 *
 * @public
 */
export function parseNetwork(
  text: string,
): { network: string } | { problem: string } {
  const range = rangeOf(text);
  if (!range) return { problem: ONE_WAY };
  const [address, length] = range;
  if (isMapped(range)) {
    return { problem: `must be written as IPv4${asIpv4(range)}` };
  }
  const network = format(networkOf(range), length);
  if (length === 0) {
    return {
      problem: `must not be ${network}: leave allowedIps out to allow every address`,
    };
  }
  return format(address, length) === network
    ? { network }
    : {
        problem: `must not have bits beyond its prefix length: ${network} or ${format(
          address,
          bitsOf(address),
        )} may be meant`,
      };
}

/** Returns undefined for an invalid or unusual spelling. */
function rangeOf(text: string): Range | undefined {
  const [written, length, ...more] = text.split('/');
  if (more.length > 0) return undefined;
  const isAddress =
    IPV4.test(written) || (IPV6.test(written) && ipaddr.IPv6.isValid(written));
  if (!isAddress) return undefined;
  const address = ipaddr.parse(written);
  if (length === undefined) return [address, bitsOf(address)];
  const isLength = LENGTH.test(length) && Number(length) <= bitsOf(address);
  return isLength ? [address, Number(length)] : undefined;
}

/** Returns true for an IPv4 address that is mapped to IPv6. Addresses of callers are compared in their IPv4 form. */
function isMapped([address]: Range): boolean {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress();
}

function asIpv4([address, length]: Range): string {
  const ipv4 = (address as ipaddr.IPv6).toIPv4Address();
  return length > 96 ? `: ${format(ipv4, length - 96)}` : '';
}

function networkOf([address, length]: Range): Range[0] {
  const kind = address instanceof ipaddr.IPv6 ? ipaddr.IPv6 : ipaddr.IPv4;
  return kind.networkAddressFromCIDR(`${address.toString()}/${length}`);
}

function bitsOf(address: Range[0]): number {
  return address instanceof ipaddr.IPv6 ? 128 : 32;
}

function format(address: Range[0], length: number): string {
  const text =
    address instanceof ipaddr.IPv6
      ? address.toRFC5952String()
      : address.toString();
  return `${text}/${length}`;
}
