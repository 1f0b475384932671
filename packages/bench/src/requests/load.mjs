/*
 * Makes requests as fast as they are answered, in a process of its own: what it costs is not what the server costs. Each message
 * says what to ask for, and is answered with what came of it.
 */
import autocannon from 'autocannon';
import { percentile } from '../statistics.mjs';

process.on('message', async request => {
  process.send(await load(request));
});

/** @param request - `seconds` is how long */
async function load({ url, token, connections, seconds }) {
  const times = [];
  const run = autocannon({
    url,
    connections,
    duration: seconds,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  // autocannon's own figures are whole milliseconds.
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
