import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../../../../scripts/processes.mjs';
import { selfTimes } from '../profile.mjs';

const CONNECTIONS = 16;
const SECONDS = 10;

/** Profiles the server with each kind of request, and writes the profiles to a folder. */
export async function profileCases({ server, load, cases, to }) {
  await mkdir(to, { recursive: true });
  const profiles = [];
  for (const { name, path, token } of cases) {
    say(`Profiling: ${name}`);
    let requests = 0;
    const profile = await server.profile(async () => {
      ({ requests } = await load.run({
        url: `${server.url}${path}`,
        token,
        connections: CONNECTIONS,
        seconds: SECONDS,
      }));
    });
    const file = `${name.replace(/\W+/g, '-')}.cpuprofile`;
    await writeFile(join(to, file), JSON.stringify(profile));
    profiles.push({ name, requests, ...selfTimes(profile) });
  }
  return profiles;
}
