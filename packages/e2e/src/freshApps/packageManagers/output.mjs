import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Returns the output of a command, which may exit with an error code to report findings. */
export function output(command, args, options) {
  const child = spawn(command, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text(child.stdout);
}
