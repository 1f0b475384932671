/* What V8's CPU profiles (.cpuprofile) say of where time goes. */

const IDLE = new Set(['(idle)', '(program)']);

/**
 * The time spent in each function itself, without what it calls, and in all functions of each package.
 *
 * @returns microseconds, the longest first
 */
export function selfTimes(profile) {
  const nodes = new Map(profile.nodes.map(node => [node.id, node]));
  const functions = new Map();
  const packages = new Map();
  profile.samples.forEach((id, i) => {
    const { callFrame } = nodes.get(id);
    if (IDLE.has(callFrame.functionName)) return;
    const from = packageOf(callFrame);
    const name = `${nameOf(callFrame)} (${from})`;
    // A delta is the time since the sample before.
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

/** The package that a function is in: `node` for what comes with Node, and the folder for packages of this repository. */
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
