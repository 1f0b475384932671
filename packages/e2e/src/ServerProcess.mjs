import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 200;
const LINES_TO_SHOW = 60;

/**
 * Tells the whole group of a process, or with 0 only asks for it; false if nobody is left in it.
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
 * Waits for the whole group: what `yarn` has started may write to its files for longer than `yarn`
 * itself is there.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<boolean>} false if it was not gone in time
 */
async function groupEnds(child) {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (signal(child, 0)) {
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** A server in a process of its own, which ends with this one at the latest, and its log. */
export class ServerProcess {
  #name;
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process;

  /**
   * @param {string} name what to call it where it fails
   * @param {string} logFile for everything that it writes, however often it is started
   */
  constructor(name, logFile) {
    this.#name = name;
    this.logFile = logFile;
  }

  /**
   * Starts it without waiting for anything.
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
      // Leads a group, so that what it starts ends with it.
      detached: true,
    });
    await log.close();
    this.#process = child;
    process.on('exit', this.#kill);
  }

  /**
   * Waits until it is ready; the process must not end before.
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

  /** Stops it the way a rollout does. */
  async stop() {
    const child = this.#forget();
    if (!child || !signal(child, 'SIGTERM')) return;

    if (await groupEnds(child)) return;
    signal(child, 'SIGKILL');
    throw new Error(`${this.#name} did not stop:\n${await this.#lastLines()}`);
  }

  /** Ends it the way a machine does that loses its power. */
  async kill() {
    const child = this.#forget();
    if (child && signal(child, 'SIGKILL')) await groupEnds(child);
  }

  get pid() {
    return this.#process?.pid;
  }

  /** Whether the process that was started last is there, however it does. */
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

  /** What is to end ends without being asked twice. */
  #forget() {
    const child = this.#process;
    this.#process = undefined;
    process.off('exit', this.#kill);
    return child;
  }
}
