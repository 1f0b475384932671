/*
 * Commands that belong to a script: they see the terminal, get its signals, and are never left
 * behind when it is interrupted.
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

/** For what nobody should overlook in a long log. */
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

/** Without it a signal ends this process at once, and no exit handler runs. */
export function endOnSignals() {
  if (process.listeners('SIGTERM').includes(interrupt)) return;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, interrupt);
  }
}

/** Runs a command to its end and gives its exit code; ends this process if it was interrupted. */
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

/** Runs a command that has to succeed. */
export async function mustRun(command, args, options) {
  const exitCode = await run(command, args, options);
  if (exitCode === 0) return;
  throw new Error(
    `${command} ${args.join(' ')} failed (exit code ${exitCode})`,
  );
}

/** Runs a script of this repository, or of a package it depends on, on this very Node. */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

export const inCi = Boolean(process.env.CI) && process.env.CI !== 'false';
