/**
 * Number of repetitions of a test that can pass by chance: `API_KEYS_REPLICA_ROUNDS` is `full` or a number.
 *
 * @param usual - number of repetitions if the variable is not set
 */
export function rounds(usual: number, full: number): number {
  const wanted = process.env.API_KEYS_REPLICA_ROUNDS;
  if (wanted === 'full') return full;
  return wanted && Number(wanted) > 0 ? Number(wanted) : usual;
}
