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

describe('MintedTokens', () => {
  let minted: MintedTokens;

  beforeEach(() => {
    minted = new MintedTokens();
  });

  it('knows a token in its full form and in the limited one of later hops', () => {
    const token = mint();
    minted.register(token.full, 'key-1');
    expect(minted.keyIdOf(token.full)).toBe('key-1');
    expect(minted.keyIdOf(token.limited)).toBe('key-1');
  });

  it('does not take other tokens of the same user for it', () => {
    minted.register(mint().full, 'key-1');
    const browserSession = mint();
    expect(minted.keyIdOf(browserSession.full)).toBeUndefined();
    expect(minted.keyIdOf(browserSession.limited)).toBeUndefined();
  });

  it('knows a signature that was spelled another way and still verifies', () => {
    const uip = randomBytes(64);
    const { full, limited } = mint({ uip });
    minted.register(full, 'key-1');
    // (r, n - s) verifies as (r, s) does, and the last base64url character has bits to spare.
    const otherS = Buffer.concat([uip.subarray(0, 32), randomBytes(32)]);
    const [header, claims] = limited.split('.');
    expect(
      minted.keyIdOf(`${header}.${claims}.${otherS.toString('base64url')}`),
    ).toBe('key-1');
    expect(minted.keyIdOf(`${limited.slice(0, -1)}x`)).toBe('key-1');
  });

  it('keeps a token apart from the next one of the same key', () => {
    const [first, second] = [mint(), mint()];
    minted.register(first.full, 'key-1');
    minted.register(second.full, 'key-1');
    expect(minted.keyIdOf(first.limited)).toBe('key-1');
    expect(minted.keyIdOf(second.limited)).toBe('key-1');
  });

  it('never lets one key take over the token of another', () => {
    const { full } = mint();
    minted.register(full, 'key-1');
    expect(() => minted.register(full, 'key-2')).toThrow('one signature');
    expect(minted.keyIdOf(full)).toBe('key-1');
  });

  it.each(['EdDSA', 'RS256'])(
    'refuses %s, which gives two tokens of one second the same signature',
    alg => {
      expect(() => minted.register(mint({ alg }).full, 'key-1')).toThrow(
        `ES256, and the auth plugin signs with ${alg}`,
      );
    },
  );

  it('refuses what is no user token', () => {
    const plugin = `${encode({
      typ: 'vnd.backstage.plugin',
      alg: 'ES256',
    })}.${encode({ exp: NOW_SECONDS })}.x`;
    expect(() => minted.register(plugin, 'key-1')).toThrow('unknown form');
  });

  it.each(['', 'x', 'a.b.c', '..', '{}.{}.{}'])('finds nothing in %j', text => {
    minted.register(mint().full, 'key-1');
    expect(minted.keyIdOf(text)).toBeUndefined();
  });

  it('forgets tokens that expired', () => {
    jest.useFakeTimers({ now: NOW_SECONDS * 1000 });
    const old = mint({ exp: NOW_SECONDS + 60 });
    minted.register(old.full, 'key-1');
    jest.setSystemTime((NOW_SECONDS + 120) * 1000);
    minted.register(mint().full, 'key-2');
    expect(minted.keyIdOf(old.full)).toBeUndefined();
    jest.useRealTimers();
  });
});
