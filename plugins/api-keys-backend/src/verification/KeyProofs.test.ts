import { createHmac } from 'node:crypto';
import { SecretDigests } from './SecretDigests';
import { KEY_PROOF_LIFETIME_MS, KeyProofs } from './KeyProofs';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const OLD_PEPPER = 'the pepper before';
const digests = new SecretDigests(['the pepper now', OLD_PEPPER]);

/** Two keys, the second of which was signed with an older pepper. */
const rows = [
  { id: 'key-1', secret_digest: digests.sign('secret-1') },
  {
    id: 'key-2',
    secret_digest: new SecretDigests([OLD_PEPPER]).sign('secret-2'),
  },
];
const proofs = new KeyProofs({
  digests,
  stored: {
    findAmong: async all => rows.find(row => all.includes(row.secret_digest)),
    findById: async id => rows.find(row => row.id === id),
  },
});

const proofOf = async (secret: string) => (await proofs.issue(secret, NOW))!;

it.each([
  ['secret-1', 'key-1'],
  ['secret-2', 'key-2'],
])('a proof of %s names %s', async (secret, id) => {
  expect(await proofs.check(await proofOf(secret), NOW)).toBe(id);
});

it('a secret that matches no key gets no proof', async () => {
  expect(await proofs.issue('another', NOW)).toBeUndefined();
});

it('a proof expires after its lifetime', async () => {
  const proof = await proofOf('secret-1');
  const end = NOW + KEY_PROOF_LIFETIME_MS;
  expect(await proofs.check(proof, end - 1)).toBe('key-1');
  expect(await proofs.check(proof, end)).toBeUndefined();
});

it('a proof holds neither the secret nor its digest', async () => {
  const proof = await proofOf('secret-1');
  expect(proof).not.toContain('secret-1');
  expect(proof).not.toContain(rows[0].secret_digest);
});

it('a proof ends when the key gets another secret', async () => {
  const proof = await proofOf('secret-1');
  const [row] = rows;
  const { secret_digest } = row;
  row.secret_digest = digests.sign('another');
  expect(await proofs.check(proof, NOW)).toBeUndefined();
  row.secret_digest = secret_digest;
});

it.each<[string, (id: string, expiresAt: string, signature: string) => string]>(
  [
    ['another key', (_, end, signature) => `key-2.${end}.${signature}`],
    ['no key', (_, end, signature) => `key-3.${end}.${signature}`],
    [
      'a longer life',
      (id, end, signature) => `${id}.${Number(end) + 1}.${signature}`,
    ],
    ['another signature', (id, end) => `${id}.${end}.${'A'.repeat(43)}`],
    [
      'a signature with the secret',
      (id, end) =>
        `${id}.${end}.${createHmac('sha256', 'secret-1')
          .update(`api-keys exchange ${id} ${end}`)
          .digest('base64url')}`,
    ],
    ['more text', (...parts) => `${parts.join('.')}A`],
    ['no signature', (id, end) => `${id}.${end}.`],
    ['no text', () => ''],
  ],
)('a proof with %s is none', async (_, forge) => {
  const [id, expiresAt, signature] = (await proofOf('secret-1')).split('.');
  const forged = forge(id, expiresAt, signature);
  expect(await proofs.check(forged, NOW)).toBeUndefined();
});
