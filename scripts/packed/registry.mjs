/*
 * Local npm registry that serves the packed plugins and passes all other requests on to npm's registry, so that `yarn
 * add` resolves as it would after a release.
 */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename } from 'node:path';
import { npmRegistry } from '../npm.mjs';

// Yarn can be configured to skip recent releases, and a new Backstage app is.
const RELEASED = '2020-01-01T00:00:00.000Z';

function tarballUrl(base, name, file) {
  return `${base}/${name}/-/${file}`;
}

/** Builds the registry's document for a package with one version. */
function packument(base, { name, manifest, tarball }) {
  const { version } = manifest;
  const content = readFileSync(tarball);
  const digest = createHash('sha512').update(content).digest('base64');
  return {
    name,
    'dist-tags': { latest: version },
    versions: {
      [version]: {
        ...manifest,
        dist: {
          tarball: tarballUrl(base, name, `${name}-${version}.tgz`),
          integrity: `sha512-${digest}`,
          shasum: createHash('sha1').update(content).digest('hex'),
        },
      },
    },
    time: { created: RELEASED, modified: RELEASED, [version]: RELEASED },
  };
}

/** Points tarball addresses at this registry, so that a lock file names no other. */
function throughHere(base, { versions, ...rest }) {
  const entries = Object.entries(versions).map(([version, manifest]) => {
    const file = basename(new URL(manifest.dist.tarball).pathname);
    const tarball = tarballUrl(base, manifest.name, file);
    return [version, { ...manifest, dist: { ...manifest.dist, tarball } }];
  });
  return { ...rest, versions: Object.fromEntries(entries) };
}

const isUpTo = (newest, version) =>
  version.localeCompare(newest, 'en', { numeric: true }) <= 0;

/** Returns a package's document as of the time when this version was the newest. */
function asOf(newest, { versions, 'dist-tags': tags, ...rest }) {
  const known = Object.entries(versions).filter(([version]) =>
    isUpTo(newest, version),
  );
  return {
    ...rest,
    'dist-tags': { ...tags, latest: newest },
    versions: Object.fromEntries(known),
  };
}

function sendJson(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/**
 * Starts the registry on this machine; all other packages come from the registry that npm uses.
 *
 * @param {import('./pack.mjs').Packed[]} packed
 * @param {object} [options]
 * @param {number} [options.port] any free one by default
 * @param {Record<string, string>} [options.newest] versions of other packages to present as the newest
 * @returns {Promise<{url: string, stop: () => Promise<void>}>}
 */
export async function startRegistry(packed, { port = 0, newest = {} } = {}) {
  const upstream = npmRegistry();
  const own = new Map(packed.map(each => [each.name, each]));

  const offered = (base, body) =>
    throughHere(base, newest[body.name] ? asOf(newest[body.name], body) : body);

  async function answer({ url: path, headers }, response) {
    const [name, file] = decodeURIComponent(path.slice(1)).split('/-/');
    const ours = own.get(name);
    const base = `http://${headers.host}`;
    if (ours && file) createReadStream(ours.tarball).pipe(response);
    else if (ours) sendJson(response, 200, packument(base, ours));
    else if (file) {
      response.writeHead(302, { location: upstream.url + path }).end();
    } else {
      const { accept = '*/*' } = headers;
      const { status, body } = await upstream.ask(path, { accept });
      sendJson(response, status, body.versions ? offered(base, body) : body);
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(error =>
      sendJson(response, 502, { error: `${error}` }),
    );
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
