/*
 * Child processes of scripts: they share the terminal, receive its signals, and end with the script when it is
 * interrupted.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const GRACE_MS = 15_000;
const children = new Set();
let interrupted = false;

export function say(message) {
  console.log(`\n▸ ${message}`);
}

export function seconds(since) {
  return `${Math.round((Date.now() - since) / 1000)} s`;
}

/** Prints a warning that stands out in a long log. */
export function warn(message) {
  console.error(`\n⚠ ${message}\n`);
}

function interrupt(signal) {
  if (children.size === 0 || interrupted) process.exit(130);
  interrupted = true;
  for (const child of children) {
    child.kill(signal);
    setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
  }
}

/** Keeps exit handlers running: without it a signal ends this process at once. */
export function endOnSignals() {
  if (process.listeners('SIGTERM').includes(interrupt)) return;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, interrupt);
  }
}

/** Runs a command and returns its exit code; ends this process if the command was interrupted. */
export function run(command, args, options = {}) {
  endOnSignals();
  const child = spawn(command, args, {
    stdio: 'inherit',
    cwd: root,
    ...options,
  });
  children.add(child);
  return new Promise((resolve, reject) => {
    child.on('error', error => {
      children.delete(child);
      reject(
        new Error(`\`${command}\` could not be started: ${error.message}`),
      );
    });
    child.on('exit', code => {
      children.delete(child);
      if (interrupted) process.exit(130);
      resolve(code ?? 1);
    });
  });
}

/** Runs a command and throws if it fails. */
export async function mustRun(command, args, options) {
  const exitCode = await run(command, args, options);
  if (exitCode === 0) return;
  throw new Error(
    `${command} ${args.join(' ')} failed (exit code ${exitCode})`,
  );
}

/** Runs a script of this repository, or of one of its dependencies, on the current Node. */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

export const inCi = Boolean(process.env.CI) && process.env.CI !== 'false';
