import {
  createHash,
  generateKeyPairSync,
  randomBytes,
  randomInt,
  randomUUID,
} from 'node:crypto';

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BASE62 = `${DIGITS}${UPPER}${UPPER.toLowerCase()}`;

const some = (length: number, of = BASE62) =>
  Array.from({ length }, () => of[randomInt(of.length)]).join('');

const base64url = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** Assembled at run time, so that secret scanners do not report this file. */
const joined = (...parts: string[]) => parts.join('');

/** Random texts, by kind, that resemble API keys but are none: secrets of other products, and words with the prefix of ours. */
export const FOREIGN_TEXTS: Record<string, () => string> = {
  'GitHub, classic': () => joined('gh', 'p_', some(36)),
  'GitHub, of a job': () => joined('gh', 's_', some(36)),
  'GitHub, fine-grained': () =>
    joined('github', '_pat_', some(22), '_', some(59)),
  GitLab: () => joined('gl', 'pat-', some(20, `${BASE62}-_`)),
  Slack: () =>
    joined('xo', 'xb-', some(12, DIGITS), '-', some(13, DIGITS), '-', some(24)),
  AWS: () => joined('AK', 'IA', some(16, `${UPPER}234567`)),
  'AWS, secret': () => randomBytes(30).toString('base64'),
  Stripe: () => joined('sk', '_live_', some(99)),
  npm: () => joined('np', 'm_', some(36)),
  PyPI: () => joined('py', 'pi-AgEIcHlwaS5vcmc', some(150, `${BASE62}-_`)),
  Google: () => joined('AI', 'za', some(35, `${BASE62}-_`)),
  JWT: () =>
    joined(
      base64url({ alg: 'ES256', kid: randomUUID() }),
      '.',
      base64url({ sub: 'user:default/ada', jti: some(49) }),
      '.',
      randomBytes(64).toString('base64url'),
    ),
  'private key': () =>
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    }).privateKey,
  'public SSH key': () =>
    `ssh-ed25519 ${randomBytes(51).toString('base64')} ada@example.com`,
  UUID: () => randomUUID(),
  'SHA-256': () => createHash('sha256').update(some(9)).digest('hex'),
  'Subresource integrity': () => `sha512-${randomBytes(64).toString('base64')}`,
  'base64 blob': () => randomBytes(20_000).toString('base64'),
  'base64url blob': () => randomBytes(20_000).toString('base64url'),
  'too short': () => `bsk_${some(48)}`,
  'too long': () => `bsk_${some(50)}`,
  'much too long': () => `bsk_${some(500)}`,
  'cut off': () => `bsk_${some(20)}…${some(29)}`,
  'in capitals': () => `BSK_${some(49)}`,
  'of another prefix': () => `bsx_${some(49)}`,
  'with a dash': () => `bsk-${some(49)}`,
  'with a dash inside': () => `bsk_${some(24)}-${some(24)}`,
  'the name of a test': () =>
    'bsk_test_helper_function_names_that_go_on_for_rather_a_long_time',
  'the name of a constant': () => 'bsk_secret_prefix',
  'a masked one': () => `bsk_${'*'.repeat(45)}${some(4)}`,
  'a placeholder': () => 'bsk_… bsk_<your-key> bsk_{{ token }} $bsk_token',
};
