import { spawnSync } from 'node:child_process';

/**
 * Returns whether a program is there, and warns that its tests are skipped where it is not.
 *
 * @param args - make it print its version
 * @throws on CI, where nothing may be skipped
 */
export function isInstalled(program: string, args: string[]): boolean {
  const { error } = spawnSync(program, args);
  if (!error) return true;
  if (process.env.CI) throw new Error(`${program} is not installed`);
  // eslint-disable-next-line no-console
  console.warn(`SKIPPED: ${program} is not installed, so it was not tested`);
  return false;
}
