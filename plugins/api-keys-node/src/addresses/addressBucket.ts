import ipaddr from 'ipaddr.js';

/** Smallest network that providers assign to one customer (RFC 6177). */
const IPV6_NETWORK_BITS = 64;

/**
 * Returns the name under which requests from an address are counted. IPv6 addresses are counted by network, since one client
 * can use billions of them. All requests without a valid address share one name; otherwise an invalid entry in
 * `X-Forwarded-For` would bypass a limit.
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
