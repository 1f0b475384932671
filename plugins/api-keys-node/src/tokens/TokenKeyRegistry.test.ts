import { randomBytes } from 'node:crypto';
import { ApiKeyVerificationUnavailableError } from '../verification/errors';
import { InMemoryTokenBindings } from './__testUtils__/InMemoryTokenBindings';
import { TokenKeyRegistry } from './TokenKeyRegistry';

const NOW_SECONDS = Math.floor(Date.now() / 1000);

const encode = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** A user token of the auth plugin in its two forms. Nobody here checks signatures, so random bytes will do. */
function issue(options: { alg?: string; exp?: number; uip?: Buffer } = {}) {
  const { alg = 'ES256', exp = NOW_SECONDS + 3600 } = options;
  const uip = (options.uip ?? randomBytes(64)).toString('base64url');
  const claims = { sub: 'user:default/ada', exp };
  const full = [
    encode({ typ: 'vnd.backstage.user', alg }),
    encode({ ...claims, uip }),
    randomBytes(64).toString('base64url'),
  ].join('.');
  const limited = [
    encode({ typ: 'vnd.backstage.limited-user', alg }),
    encode(claims),
    uip,
  ].join('.');
  return { full, limited };
}

const KEY_1 = {
  id: 'key-1',
  subject: 'user:default/ada',
  ownershipEntityRefs: ['user:default/ada'],
};
const KEY_2 = { ...KEY_1, id: 'key-2' };

describe('TokenKeyRegistry', () => {
  let store: InMemoryTokenBindings;
  let registry: TokenKeyRegistry;

  beforeEach(() => {
    store = new InMemoryTokenBindings();
    registry = new TokenKeyRegistry(() => store);
  });

  it('knows a token in its full form and in the limited one of later hops', async () => {
    const token = issue();
    await registry.bind(token.full, KEY_1);
    expect(await registry.bindingOf(token.full)).toEqual(KEY_1);
    expect(await registry.bindingOf(token.limited)).toEqual(KEY_1);
    expect(store.lookups).toBe(0);
  });

  it('knows a token that another process bound, or this one before a restart', async () => {
    const token = issue();
    await registry.bind(token.full, KEY_1);
    const other = new TokenKeyRegistry(() => store);
    expect(await other.bindingOf(token.limited)).toEqual(KEY_1);
    expect(await other.bindingOf(token.full)).toEqual(KEY_1);
    expect(store.lookups).toBe(1);
  });

  it('does not take other tokens of the same user for it, and looks each up once', async () => {
    await registry.bind(issue().full, KEY_1);
    const session = issue();
    const found = await Promise.all([
      registry.bindingOf(session.full),
      registry.bindingOf(session.limited),
    ]);
    expect(found).toEqual([undefined, undefined]);
    expect(await registry.bindingOf(session.full)).toBeUndefined();
    expect(store.lookups).toBe(1);
  });

  it('refuses to guess when the store does not answer, and asks again the next time', async () => {
    const token = issue();
    await registry.bind(token.full, KEY_1);
    const other = new TokenKeyRegistry(() => store);
    jest
      .spyOn(store, 'findTokenBinding')
      .mockRejectedValueOnce(new ApiKeyVerificationUnavailableError());
    await expect(other.bindingOf(token.full)).rejects.toThrow(
      ApiKeyVerificationUnavailableError,
    );
    expect(await other.bindingOf(token.full)).toEqual(KEY_1);
  });

  it('does not hand out a token whose binding could not be stored', async () => {
    const token = issue();
    jest
      .spyOn(store, 'bindToken')
      .mockRejectedValueOnce(new ApiKeyVerificationUnavailableError());
    await expect(registry.bind(token.full, KEY_1)).rejects.toThrow('try again');
  });

  it('knows a signature that was spelled another way and still verifies', async () => {
    const uip = randomBytes(64);
    const { full, limited } = issue({ uip });
    await registry.bind(full, KEY_1);
    // (r, n - s) verifies as (r, s) does, and the last base64url character has bits to spare.
    const otherS = Buffer.concat([uip.subarray(0, 32), randomBytes(32)]);
    const [header, claims] = limited.split('.');
    const respelled = [
      `${header}.${claims}.${otherS.toString('base64url')}`,
      `${limited.slice(0, -1)}x`,
    ];
    for (const token of respelled) {
      expect(await registry.bindingOf(token)).toEqual(KEY_1);
    }
  });

  it('keeps a token apart from the next one of the same key', async () => {
    const [first, second] = [issue(), issue()];
    await registry.bind(first.full, KEY_1);
    await registry.bind(second.full, KEY_1);
    expect(await registry.bindingOf(first.limited)).toEqual(KEY_1);
    expect(await registry.bindingOf(second.limited)).toEqual(KEY_1);
  });

  it('never lets one key take over the token of another', async () => {
    const { full } = issue();
    await registry.bind(full, KEY_1);
    await expect(registry.bind(full, KEY_2)).rejects.toThrow('one signature');
    expect(() => registry.remember(full, KEY_2)).toThrow('one signature');
    expect(await registry.bindingOf(full)).toEqual(KEY_1);
  });

  it('never takes a token for one that acts as somebody else', async () => {
    const { full } = issue();
    await registry.bind(full, KEY_1);
    const transferred = { ...KEY_1, subject: 'group:default/team-a' };
    expect(() => registry.remember(full, transferred)).toThrow('try again');
    expect(await registry.bindingOf(full)).toEqual(KEY_1);
  });

  it.each(['EdDSA', 'RS256'])(
    'refuses %s, which gives two tokens of one second the same signature',
    async alg => {
      await expect(registry.bind(issue({ alg }).full, KEY_1)).rejects.toThrow(
        `ES256, and the auth plugin signs with ${alg}`,
      );
    },
  );

  it('refuses what is no user token', async () => {
    const plugin = `${encode({
      typ: 'vnd.backstage.plugin',
      alg: 'ES256',
    })}.${encode({ exp: NOW_SECONDS })}.x`;
    await expect(registry.bind(plugin, KEY_1)).rejects.toThrow('unknown form');
  });

  it.each(['', 'x', 'a.b.c', '..', '{}.{}.{}'])(
    'asks nobody about %j',
    async text => {
      expect(await registry.bindingOf(text)).toBeUndefined();
      expect(store.lookups).toBe(0);
    },
  );
});
