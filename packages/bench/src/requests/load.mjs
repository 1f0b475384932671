/*
 * Sends requests as fast as they are answered, from a process of its own, so that its cost is not counted as the
 * server's. Each message describes a load, and is answered with its results.
 */
import autocannon from 'autocannon';
import { percentile } from '../statistics.mjs';

process.on('message', async request => {
  process.send(await load(request));
});

/** @param request - `seconds` is the duration */
async function load({ url, token, connections, seconds }) {
  const times = [];
  const run = autocannon({
    url,
    connections,
    duration: seconds,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  // autocannon's own figures are rounded to milliseconds.
  run.on('response', (_client, _status, _bytes, time) => times.push(time));
  const { duration, errors, non2xx } = await run;
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    failed: errors + non2xx,
    seconds: duration,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
  };
}
