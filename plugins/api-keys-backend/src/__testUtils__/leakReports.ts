import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';

/** Secret with which the company's scanners sign. */
export const SHARED_SECRET = 'a secret of at least 32 characters';
export const OTHER_SHARED_SECRET =
  'another one that is as long as it has to be';

/** Headers by name. */
export type Signature = Record<string, string>;

/** Signs a report like a scanner of the company. */
export function signedByScanner(
  body: string,
  secret = SHARED_SECRET,
): Signature {
  const hmac = createHmac('sha256', secret).update(body).digest('hex');
  return { 'X-Hub-Signature-256': `sha256=${hmac}` };
}

/** Serves public keys like GitHub, and signs with the private ones. */
export type FakeGitHub = {
  keysUrl: string;
  /** Tokens of the requests for the keys, one entry a request. */
  asked: (string | undefined)[];
  /** Tests replace it to fail or to hang. */
  answer: (res: ServerResponse) => void;
  /** Adds a key and returns how to sign with it. Without `published`, GitHub does not serve the key. */
  addKey(
    identifier: string,
    options?: { curve?: string; published?: boolean },
  ): (body: string) => Signature;
  /** Stops serving a key. */
  removeKey(identifier: string): void;
  stop(): Promise<void>;
};

export async function startFakeGitHub(): Promise<FakeGitHub> {
  const keys = new Map<string, string>();
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const github: FakeGitHub = {
    keysUrl: `http://localhost:${port}/meta/public_keys/secret_scanning`,
    asked: [],
    answer: res =>
      res.setHeader('Content-Type', 'application/json').end(
        JSON.stringify({
          public_keys: [...keys].map(([identifier, key]) => ({
            key_identifier: identifier,
            key,
            is_current: true,
          })),
        }),
      ),
    addKey(identifier, { curve = 'prime256v1', published = true } = {}) {
      const pair = generateKeyPairSync('ec', { namedCurve: curve });
      const key = pair.publicKey.export({ type: 'spki', format: 'pem' });
      if (published) keys.set(identifier, String(key));
      return body => ({
        'Github-Public-Key-Identifier': identifier,
        'Github-Public-Key-Signature': sign(
          'sha256',
          Buffer.from(body),
          pair.privateKey,
        ).toString('base64'),
      });
    },
    removeKey: identifier => keys.delete(identifier),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  server.on('request', (req, res) => {
    github.asked.push(req.headers.authorization);
    github.answer(res);
  });
  return github;
}
