/**
 * How often to repeat what may go well by chance: `API_KEYS_REPLICA_ROUNDS` is `full`, or a number of its own.
 *
 * @param usual - where that is not set
 */
export function rounds(usual: number, full: number): number {
  const wanted = process.env.API_KEYS_REPLICA_ROUNDS;
  if (wanted === 'full') return full;
  return wanted && Number(wanted) > 0 ? Number(wanted) : usual;
}
