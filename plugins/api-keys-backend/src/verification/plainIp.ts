/** `::ffff:10.0.0.7` is 10.0.0.7 to everybody but the socket. */
export function plainIp(ip: string | undefined): string | undefined {
  return ip?.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}
