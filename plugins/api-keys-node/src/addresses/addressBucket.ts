import ipaddr from 'ipaddr.js';

/** A network that is assigned to one customer at the least (RFC 6177). */
const IPV6_NETWORK_BITS = 64;

/**
 * Returns under which name requests from an address are counted. Whoever has one IPv6 address has billions. All that come from an
 * unknown address share one name: otherwise an entry in `X-Forwarded-For` that is no address would be a way around a limit.
 *
 * @param address - as {@link parseAddress} returns it
 * @public
 */
export function addressBucket(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  return ipaddr.IPv6.isValid(address)
    ? ipaddr.IPv6.networkAddressFromCIDR(
        `${address}/${IPV6_NETWORK_BITS}`,
      ).toString()
    : address;
}
