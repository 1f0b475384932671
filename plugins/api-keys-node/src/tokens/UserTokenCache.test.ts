import { UserTokenCache } from './UserTokenCache';

const START = Date.UTC(2030, 0, 1);
const HOUR_SECONDS = 3600;

const KEY_1 = { id: 'key-1', subject: 'user:default/ada' };
const KEY_2 = { id: 'key-2', subject: 'user:default/ada' };

let minted = 0;
const tokenOf = (lifetimeSeconds: number) => {
  minted += 1;
  const claims = { exp: Date.now() / 1000 + lifetimeSeconds, jti: minted };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
};

describe('UserTokenCache', () => {
  let tokens: UserTokenCache;
  let exchange: jest.Mock;

  beforeEach(() => {
    jest.useFakeTimers({ now: START });
    tokens = new UserTokenCache();
    exchange = jest.fn(async () => tokenOf(HOUR_SECONDS));
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('reuses the token of a key until a minute before it expires', async () => {
    const first = await tokens.get(KEY_1, exchange);
    jest.setSystemTime(START + (HOUR_SECONDS - 61) * 1000);
    expect(await tokens.get(KEY_1, exchange)).toBe(first);
    jest.setSystemTime(START + (HOUR_SECONDS - 60) * 1000);
    expect(await tokens.get(KEY_1, exchange)).not.toBe(first);
    expect(exchange).toHaveBeenCalledTimes(2);
  });

  it('keeps the tokens of two keys apart', async () => {
    expect(await tokens.get(KEY_1, exchange)).not.toBe(
      await tokens.get(KEY_2, exchange),
    );
  });

  it('gets a new token for a key whose subject has changed', async () => {
    const before = await tokens.get(KEY_1, exchange);
    const transferred = { ...KEY_1, subject: 'group:default/team-a' };
    const after = await tokens.get(transferred, exchange);
    expect(after).not.toBe(before);
    expect(await tokens.get(transferred, exchange)).toBe(after);
    expect(await tokens.get(KEY_1, exchange)).not.toBe(before);
  });

  it('shares one exchange between concurrent calls', async () => {
    const got = await Promise.all(
      Array.from({ length: 16 }, () => tokens.get(KEY_1, exchange)),
    );
    expect(new Set(got).size).toBe(1);
    expect(exchange).toHaveBeenCalledTimes(1);
  });

  it('fails all concurrent calls if the exchange fails, and retries on the next call', async () => {
    exchange.mockRejectedValueOnce(new Error('down'));
    const got = await Promise.allSettled([
      tokens.get(KEY_1, exchange),
      tokens.get(KEY_1, exchange),
    ]);
    expect(got.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(tokens.get(KEY_1, exchange)).resolves.toBeDefined();
  });
});
