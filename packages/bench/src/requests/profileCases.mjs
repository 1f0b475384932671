import { say } from '../../../../scripts/processes.mjs';
import { writeProfile } from '../profile.mjs';

const CONNECTIONS = 16;
const SECONDS = 10;

/** Profiles the server with each kind of request, and writes the profiles to a folder. */
export async function profileCases({ server, load, cases, to }) {
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
    await writeProfile(to, name, profile);
    profiles.push({ name, profile, times: requests });
  }
  return profiles;
}
