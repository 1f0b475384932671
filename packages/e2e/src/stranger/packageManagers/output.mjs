import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What a command writes, which may end with an exit code that says that something is not as it should be. */
export function output(command, args, options) {
  const child = spawn(command, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text(child.stdout);
}
