import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 200;
const LINES_TO_SHOW = 60;

/**
 * Sends a signal to a process group, or checks with 0 that it exists; returns false if the group is empty.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals | 0} name
 */
function signal(child, name) {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, name);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

/**
 * Waits for the whole process group: children of `yarn` may write files after `yarn` itself has exited.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<boolean>} false on timeout
 */
async function groupEnds(child) {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (signal(child, 0)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** Server in a process of its own, with its log. The process ends with this one at the latest. */
export class ServerProcess {
  #name;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;

  /**
   * @param {string} name for error messages
   * @param {string} logFile receives the output of all starts
   */
  constructor(name, logFile) {
    this.#name = name;
    this.logFile = logFile;
  }

  /**
   * Starts the server without waiting.
   *
   * @param {string} command
   * @param {string[]} args
   * @param {{cwd: string, env: NodeJS.ProcessEnv}} options
   */
  async launch(command, args, options) {
    const log = await open(this.logFile, 'a');
    const child = spawn(command, args, {
      ...options,
      stdio: ['ignore', log.fd, log.fd],
      // Leads a process group, so that its children end with it.
      detached: true,
    });
    await log.close();
    this.#process = child;
    process.on('exit', this.#kill);
  }

  /**
   * Waits until the server is ready; throws if the process ends before.
   *
   * @param {() => Promise<boolean>} isReady
   * @param {number} timeoutMs
   */
  async waitUntil(isReady, timeoutMs) {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline && this.isRunning) {
      if (await isReady()) return;
      await sleep(POLL_MS);
    }
    await this.kill();
    throw new Error(`${this.#name} did not start:\n${await this.#lastLines()}`);
  }

  /** Stops the server as a rollout does. */
  async stop() {
    const child = this.#forget();
    if (!child || !signal(child, 'SIGTERM')) return;

    if (await groupEnds(child)) return;
    signal(child, 'SIGKILL');
    throw new Error(`${this.#name} did not stop:\n${await this.#lastLines()}`);
  }

  /** Kills the server, as a power failure would. */
  async kill() {
    const child = this.#forget();
    if (child && signal(child, 'SIGKILL')) await groupEnds(child);
  }

  get pid() {
    return this.#process?.pid;
  }

  /** True while the process that was started last exists, in whatever state. */
  get isRunning() {
    const child = this.#process;
    return child?.exitCode === null && child.signalCode === null;
  }

  /** @returns {Promise<string>} */
  log() {
    return readFile(this.logFile, 'utf8');
  }

  #kill = () => this.#process && signal(this.#process, 'SIGKILL');

  async #lastLines() {
    return (await this.log()).split('\n').slice(-LINES_TO_SHOW).join('\n');
  }

  /** Detaches from the process before it is ended, so that it is ended only once. */
  #forget() {
    const child = this.#process;
    this.#process = undefined;
    process.off('exit', this.#kill);
    return child;
  }
}
