import { randomBytes } from 'node:crypto';
import { MintedTokens } from './MintedTokens';

const NOW_SECONDS = Math.floor(Date.now() / 1000);

const encode = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** A user token of the auth plugin in its two forms. Nobody here checks signatures, so random bytes will do. */
function mint(options: { alg?: string; exp?: number; uip?: Buffer } = {}) {
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

const KEY_1 = { id: 'key-1', subject: 'user:default/ada' };
const KEY_2 = { id: 'key-2', subject: 'user:default/ada' };

describe('MintedTokens', () => {
  let minted: MintedTokens;

  beforeEach(() => {
    minted = new MintedTokens();
  });

  it('knows a token in its full form and in the limited one of later hops', () => {
    const token = mint();
    minted.register(token.full, KEY_1);
    expect(minted.keyOf(token.full)).toMatchObject(KEY_1);
    expect(minted.keyOf(token.limited)).toMatchObject(KEY_1);
  });

  it('does not take other tokens of the same user for it', () => {
    minted.register(mint().full, KEY_1);
    const browserSession = mint();
    expect(minted.keyOf(browserSession.full)).toBeUndefined();
    expect(minted.keyOf(browserSession.limited)).toBeUndefined();
  });

  it('knows a signature that was spelled another way and still verifies', () => {
    const uip = randomBytes(64);
    const { full, limited } = mint({ uip });
    minted.register(full, KEY_1);
    // (r, n - s) verifies as (r, s) does, and the last base64url character has bits to spare.
    const otherS = Buffer.concat([uip.subarray(0, 32), randomBytes(32)]);
    const [header, claims] = limited.split('.');
    expect(
      minted.keyOf(`${header}.${claims}.${otherS.toString('base64url')}`),
    ).toMatchObject(KEY_1);
    expect(minted.keyOf(`${limited.slice(0, -1)}x`)).toMatchObject(KEY_1);
  });

  it('keeps a token apart from the next one of the same key', () => {
    const [first, second] = [mint(), mint()];
    minted.register(first.full, KEY_1);
    minted.register(second.full, KEY_1);
    expect(minted.keyOf(first.limited)).toMatchObject(KEY_1);
    expect(minted.keyOf(second.limited)).toMatchObject(KEY_1);
  });

  it('never lets one key take over the token of another', () => {
    const { full } = mint();
    minted.register(full, KEY_1);
    expect(() => minted.register(full, KEY_2)).toThrow('one signature');
    expect(minted.keyOf(full)).toMatchObject(KEY_1);
  });

  it('never takes a token for one that acts as somebody else', () => {
    const { full } = mint();
    minted.register(full, KEY_1);
    const transferred = { ...KEY_1, subject: 'group:default/team-a' };
    expect(() => minted.register(full, transferred)).toThrow('try again');
    expect(minted.keyOf(full)).toMatchObject(KEY_1);
  });

  it.each(['EdDSA', 'RS256'])(
    'refuses %s, which gives two tokens of one second the same signature',
    alg => {
      expect(() => minted.register(mint({ alg }).full, KEY_1)).toThrow(
        `ES256, and the auth plugin signs with ${alg}`,
      );
    },
  );

  it('refuses what is no user token', () => {
    const plugin = `${encode({
      typ: 'vnd.backstage.plugin',
      alg: 'ES256',
    })}.${encode({ exp: NOW_SECONDS })}.x`;
    expect(() => minted.register(plugin, KEY_1)).toThrow('unknown form');
  });

  it.each(['', 'x', 'a.b.c', '..', '{}.{}.{}'])('finds nothing in %j', text => {
    minted.register(mint().full, KEY_1);
    expect(minted.keyOf(text)).toBeUndefined();
  });

  it('forgets tokens that expired', () => {
    jest.useFakeTimers({ now: NOW_SECONDS * 1000 });
    const old = mint({ exp: NOW_SECONDS + 60 });
    minted.register(old.full, KEY_1);
    jest.setSystemTime((NOW_SECONDS + 120) * 1000);
    minted.register(mint().full, KEY_2);
    expect(minted.keyOf(old.full)).toBeUndefined();
    jest.useRealTimers();
  });
});
