import ipaddr from 'ipaddr.js';
import { parseAddress } from '../addresses/parseAddress';
import { ApiKeyScopeError } from '../errors';

/**
 * Makes sure that a key is presented from one of its networks. Without an address nothing says that it is.
 *
 * @throws {@link ApiKeyScopeError} from anywhere else
 */
export function requireAllowedIp(
  { allowedIps }: { allowedIps?: readonly string[] },
  ip: string | undefined,
): void {
  if (allowsIp({ allowedIps }, ip)) return;
  throw new ApiKeyScopeError(
    ip === undefined
      ? 'The API key may not be used from an unknown address: that of the request could not be read (see Addresses behind a proxy in docs/restrictions.md)'
      : `The API key may not be used from ${ip}`,
  );
}

/**
 * Whether a key may be presented from an address. One that is for some networks may not be presented from an unknown one.
 *
 * @public
 */
export function allowsIp(
  { allowedIps }: { allowedIps?: readonly string[] },
  ip: string | undefined,
): boolean {
  return !allowedIps || isWithin(ip, allowedIps);
}

/** Whether an address is in one of the networks. What is no address is in none. */
function isWithin(
  ip: string | undefined,
  networks: readonly string[],
): boolean {
  const read = parseAddress(ip);
  if (read === undefined) return false;
  const address = ipaddr.parse(read);
  return networks.some(network => {
    const range = rangeOf(network);
    return range?.[0].kind() === address.kind() && address.match(range);
  });
}

/** Undefined for what is no network: it contains nobody. */
function rangeOf(network: string) {
  try {
    return ipaddr.parseCIDR(network);
  } catch {
    return undefined;
  }
}
