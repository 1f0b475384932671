import { readFileSync } from 'node:fs';

const LINE_FEED = 10;
const WARM_UPS = 5;
const REQUESTS = 50;
const ENOUGH_MS = 10_000;
const SAMPLE_EVERY_MS = 20;

/** Measures sequential requests, in milliseconds, sorted. */
export async function measureRequests(user, path) {
  for (let i = 0; i < WARM_UPS; i++) await user.get(path);

  const times = [];
  const start = performance.now();
  while (times.length < REQUESTS && performance.now() - start < ENOUGH_MS) {
    const before = performance.now();
    await user.get(path);
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b);
}

/** Reads a stream of lines to its end, and samples the memory of the process that writes it. */
export async function measureExport(user, path, pid) {
  const rssBefore = rssOf(pid);
  let rssMax = rssBefore;
  const sampler = setInterval(() => {
    rssMax = Math.max(rssMax, rssOf(pid));
  }, SAMPLE_EVERY_MS);
  const start = performance.now();
  try {
    const response = await user.open(path);
    let bytes = 0;
    let lines = 0;
    for await (const chunk of response.body) {
      bytes += chunk.length;
      lines += countLines(chunk);
    }
    const seconds = (performance.now() - start) / 1000;
    return { rows: lines - 1, bytes, seconds, rssBefore, rssMax };
  } finally {
    clearInterval(sampler);
  }
}

function countLines(chunk) {
  let lines = 0;
  let at = chunk.indexOf(LINE_FEED);
  while (at !== -1) {
    lines += 1;
    at = chunk.indexOf(LINE_FEED, at + 1);
  }
  return lines;
}

/** Resident memory in bytes; NaN without /proc. */
function rssOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(status.match(/^VmRSS:\s+(\d+) kB/m)[1]) * 1024;
  } catch {
    return NaN;
  }
}
