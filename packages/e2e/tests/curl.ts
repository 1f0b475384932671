import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export type Answer = {
  status: number;
  /** Keyed by lower-case name. */
  headers: Map<string, string>;
  body: string;
};

/** Runs a command line as a user would paste it into a terminal, and parses curl's output. */
export async function runInShell(command: string): Promise<Answer> {
  const options = `--silent --show-error --include --write-out '\\n%{http_code}'`;
  const { stdout } = await execute('sh', ['-c', `${command} ${options}`], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return parse(stdout);
}

/** Calls a URL with an API key. */
export function curl(url: string, secret: string): Promise<Answer> {
  return runInShell(`curl -H "Authorization: Bearer ${secret}" ${url}`);
}

function parse(output: string): Answer {
  const headEnd = output.indexOf('\r\n\r\n');
  const statusStart = output.lastIndexOf('\n');
  const [, ...headerLines] = output.slice(0, headEnd).split('\r\n');
  const headers = headerLines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    status: Number(output.slice(statusStart + 1)),
    headers: new Map(headers),
    body: output.slice(headEnd + 4, statusStart),
  };
}
