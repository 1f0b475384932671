import { spawnSync } from 'node:child_process';

/**
 * Checks that a program is installed, and warns that its tests are skipped if it is not.
 *
 * @param args - arguments that print its version
 * @throws on CI, where no test may be skipped
 */
export function isInstalled(program: string, args: string[]): boolean {
  const { error } = spawnSync(program, args);
  if (!error) return true;
  if (process.env.CI) throw new Error(`${program} is not installed`);
  // eslint-disable-next-line no-console
  console.warn(`SKIPPED: ${program} is not installed, so it was not tested`);
  return false;
}
