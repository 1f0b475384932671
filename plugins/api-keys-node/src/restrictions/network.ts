import ipaddr from 'ipaddr.js';
import { parseAddress } from '../addresses/parseAddress';
import { findRepeated } from './findRepeated';
import { parseNetwork } from './networks';
import { Restriction } from './Restriction';

const UNKNOWN_ADDRESS =
  'The API key may not be used from an unknown address: that of the request could not be read (see Addresses behind a proxy in docs/restrictions.md)';

/** The networks that a key may be presented from. A key with networks may not be presented from an unknown address. */
export const networkRestriction: Restriction = {
  kind: 'network',

  parse({ allowedIps }) {
    if (!allowedIps) return { restrictions: {}, problems: [] };
    const networks: string[] = [];
    const problems: string[] = [];
    allowedIps.forEach((text, index) => {
      const parsed = parseNetwork(text);
      if ('network' in parsed) networks.push(parsed.network);
      else problems.push(`allowedIps[${index}]: ${parsed.problem}`);
    });
    if (problems.length > 0) return { restrictions: {}, problems };
    return {
      restrictions: { allowedIps: networks },
      problems: findRepeated(networks, i => `allowedIps[${i}]`),
    };
  },

  check: ({ allowedIps }, { client }) =>
    !client || !allowedIps || isWithin(client.ip, allowedIps),

  describe: (_, { client }) => ({
    message:
      client?.ip === undefined
        ? UNKNOWN_ADDRESS
        : `The API key may not be used from ${client.ip}`,
  }),
};

/** Returns false for a text that is not an address. */
function isWithin(
  ip: string | undefined,
  networks: readonly string[],
): boolean {
  const read = parseAddress(ip);
  if (read === undefined) return false;
  const address = ipaddr.parse(read);
  return networks.some(network => {
    const range = parseRange(network);
    return range?.[0].kind() === address.kind() && address.match(range);
  });
}

/** Returns undefined for a text that is not a network, which contains no address. */
function parseRange(network: string) {
  try {
    return ipaddr.parseCIDR(network);
  } catch {
    return undefined;
  }
}
