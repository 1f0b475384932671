/* Records CPU profiles of V8 (.cpuprofile) and summarizes where time is spent. */
import { mkdir, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { figure, table } from './table.mjs';

const SAMPLE_EVERY_US = 250;
const LONGEST = 25;
const IDLE = new Set(['(idle)', '(program)']);

/** Starts to profile this process; the returned function stops and returns the profile. */
export async function startProfile() {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', {
    interval: SAMPLE_EVERY_US,
  });
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return profile;
  };
}

/** Writes a profile in the format of Chrome's developer tools. */
export async function writeProfile(folder, name, profile) {
  await mkdir(folder, { recursive: true });
  const file = `${name.replace(/\W+/g, '-')}.cpuprofile`;
  await writeFile(join(folder, file), JSON.stringify(profile));
}

/**
 * Renders profiles as Markdown.
 *
 * @param profiles - each with its `name`, its `profile`, and `times`, the number of profiled operations
 */
export function profilesOf(profiles) {
  return profiles.flatMap(({ name, profile, times }) => {
    const { functions, packages } = selfTimes(profile);
    const tableOf = (heading, spent) =>
      table(
        [[heading, '---'], ['µs each']],
        spent
          .slice(0, LONGEST)
          .map(each => [each.name, figure(each.time / times)]),
      );
    return [
      `#### Profile: ${name}`,
      tableOf('Package', packages),
      tableOf('Function itself', functions),
    ];
  });
}

/**
 * Sums the time spent in each function itself, excluding its callees, and in all functions of each package.
 *
 * @returns microseconds, longest first
 */
function selfTimes(profile) {
  const nodes = new Map(profile.nodes.map(node => [node.id, node]));
  const functions = new Map();
  const packages = new Map();
  profile.samples.forEach((id, i) => {
    const { callFrame } = nodes.get(id);
    if (IDLE.has(callFrame.functionName)) return;
    const from = packageOf(callFrame);
    const name = `${nameOf(callFrame)} (${from})`;
    // A delta is the time since the previous sample.
    const time = profile.timeDeltas[i + 1] ?? 0;
    functions.set(name, (functions.get(name) ?? 0) + time);
    packages.set(from, (packages.get(from) ?? 0) + time);
  });
  return {
    functions: longestFirst(functions),
    packages: longestFirst(packages),
  };
}

function nameOf({ functionName, url, lineNumber }) {
  if (functionName.startsWith('(')) return functionName;
  const file = url.slice(url.lastIndexOf('/') + 1);
  const place = file ? ` ${file}:${lineNumber + 1}` : '';
  return `${functionName || 'anonymous'}${place}`;
}

/** Package of a function: `node` for Node's own code, and the folder for packages of this repository. */
function packageOf({ functionName, url }) {
  if (functionName === '(garbage collector)') return 'V8';
  if (!url || url.startsWith('node:')) return 'node';
  const installed = url.lastIndexOf('/node_modules/');
  if (installed >= 0) {
    const [scope, name] = url.slice(installed + 14).split('/');
    return scope.startsWith('@') ? `${scope}/${name}` : scope;
  }
  return url.match(/\/(?:plugins|packages)\/([^/]+)\//)?.[1] ?? 'elsewhere';
}

function longestFirst(times) {
  return [...times]
    .map(([name, time]) => ({ name, time }))
    .sort((a, b) => b.time - a.time);
}
