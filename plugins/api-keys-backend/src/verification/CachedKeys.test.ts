import { aKey } from '../__testUtils__/keys';
import { KeyStore } from '../database/KeyStore';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { CachedKeys } from './CachedKeys';

const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const STALENESS = 1000;

const keyOf = (id: string, more: Partial<ApiKeyRecord> = {}) =>
  aKey({ id, createdAt: 0, ...more });

/** Lookup in the database that the test answers. */
type Look = { answer(key?: ApiKeyRecord): void; fail(error: Error): void };

describe('cached keys', () => {
  let looks: Look[];
  let keys: CachedKeys;

  const look = () =>
    new Promise<ApiKeyRecord | undefined>((resolve, reject) => {
      looks.push({ answer: resolve, fail: reject });
    });
  const cacheOf = (options: { maxStaleness?: number; max?: number } = {}) =>
    new CachedKeys({
      stores: {
        keys: {
          findForVerification: look,
          findById: look,
        } as Partial<KeyStore> as KeyStore,
      },
      maxStaleness: STALENESS,
      ...options,
    });
  const find = async (digest: string, key?: ApiKeyRecord) => {
    const found = keys.findByDigest([digest]);
    looks.at(-1)!.answer(key);
    return found;
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    jest.setSystemTime(10_000);
    looks = [];
    keys = cacheOf();
    keys.refreshed(performance.now());
  });

  afterEach(() => jest.useRealTimers());

  it('are looked up once, by secret and by id', async () => {
    const key = keyOf('a');
    expect(keys.peek('digest a')).toBeUndefined();
    await find('digest a', key);
    expect(keys.peek('digest a')).toBe(key);
    expect(keys.peekById('a')).toBe(key);
    expect(looks).toHaveLength(1);
  });

  it('are still found by the secret after a lookup by id', async () => {
    await find('digest a', keyOf('a'));
    const again = keys.findById('a');
    const newer = keyOf('a', { name: 'renamed' });
    looks.at(-1)!.answer(newer);
    await again;
    expect(keys.peek('digest a')).toBe(newer);
  });

  it('are looked up once for concurrent requests', async () => {
    const found = [1, 2, 3].map(() => keys.findByDigest(['digest a']));
    expect(looks).toHaveLength(1);
    const key = keyOf('a');
    looks[0].answer(key);
    expect(await Promise.all(found)).toEqual([key, key, key]);
  });

  it('are looked up again after a failed lookup', async () => {
    const failed = [1, 2].map(() => keys.findByDigest(['digest a']));
    looks[0].fail(new Error('gone'));
    for (const one of failed) await expect(one).rejects.toThrow('gone');
    expect(await find('digest a', keyOf('a'))).toBeDefined();
  });

  it('are not taken from a lookup that takes too long', async () => {
    const late = keys.findByDigest(['digest a']);
    jest.advanceTimersByTime(STALENESS + 1);
    keys.refreshed(performance.now());
    const revoked = keyOf('a', { revokedAt: 10_500 });
    expect(await find('digest a', revoked)).toBe(revoked);
    looks[0].answer(keyOf('a'));
    await late;
    expect(keys.peek('digest a')).toBeUndefined();
  });

  it.each([
    ['unknown', undefined],
    ['revoked', keyOf('a', { revokedAt: 1 })],
    ['expired', keyOf('a', { expiresAt: 10_000 })],
    ['inactive', keyOf('a', { inactivityTimeout: 1 })],
    ['of an owner who left', keyOf('a', { ownerMissingSince: 1 })],
  ])('are never those that are %s', async (_, key) => {
    await find('digest a', key);
    expect(keys.peek('digest a')).toBeUndefined();
    expect(keys.size).toBe(0);
  });

  it('are removed once they are read as ended', async () => {
    await find('digest a', keyOf('a'));
    await find('digest a', keyOf('a', { revokedAt: 1 }));
    expect(keys.size).toBe(0);
  });

  it('are removed when their owner changed, and those of others are not', async () => {
    await find('digest a', keyOf('a'));
    await find('digest b', keyOf('b', { owner: LINUS }));
    keys.ownersChanged([ADA]);
    expect(keys.peek('digest a')).toBeUndefined();
    expect(keys.peekById('a')).toBeUndefined();
    expect(keys.peek('digest b')).toBeDefined();
    keys.ownersChanged('everybody');
    expect(keys.size).toBe(0);
  });

  it('are not stored if a change arrives during their lookup', async () => {
    const before = keys.findByDigest(['digest a']);
    keys.ownersChanged([ADA]);
    looks[0].answer(keyOf('a'));
    await before;
    expect(keys.peek('digest a')).toBeUndefined();
  });

  it('are read again for requests after a change', async () => {
    const before = keys.findByDigest(['digest a']);
    keys.ownersChanged([ADA]);
    const after = keys.findByDigest(['digest a']);
    const revoked = keyOf('a', { revokedAt: 1 });
    looks[1].answer(revoked);
    looks[0].answer(keyOf('a'));
    expect(await after).toBe(revoked);
    await before;
    expect(keys.size).toBe(0);
  });

  it('are used for as long as they are known to be unchanged', async () => {
    const key = keyOf('a');
    await find('digest a', key);
    jest.advanceTimersByTime(STALENESS);
    expect(keys.peek('digest a')).toBe(key);
    jest.advanceTimersByTime(1);
    expect(keys.peek('digest a')).toBeUndefined();
    expect(keys.usableFor).toBe(0);
    keys.refreshed(performance.now() - 100);
    expect(keys.peek('digest a')).toBe(key);
    expect(keys.usableFor).toBe(STALENESS - 100);
  });

  it('are read again after a minute, in case of a manual change in the database', async () => {
    await find('digest a', keyOf('a'));
    jest.advanceTimersByTime(60_000);
    keys.refreshed(performance.now());
    expect(keys.peek('digest a')).toBeUndefined();
  });

  it('are not evicted by unknown secrets', async () => {
    keys = cacheOf({ max: 3 });
    keys.refreshed(performance.now());
    await find('digest a', keyOf('a'));
    for (let i = 0; i < 1000; i++) await find(`probe ${i}`);
    expect(keys.peek('digest a')).toBeDefined();
    expect(keys.size).toBe(1);
  });

  it('are limited in number, and the least recently used ones are evicted', async () => {
    keys = cacheOf({ max: 2 });
    keys.refreshed(performance.now());
    await find('digest a', keyOf('a'));
    await find('digest b', keyOf('b'));
    keys.peek('digest a');
    await find('digest c', keyOf('c'));
    expect(keys.peek('digest a')).toBeDefined();
    expect(keys.peek('digest b')).toBeUndefined();
    expect(keys.size).toBe(2);
  });

  it('are none if the maximum staleness is zero', async () => {
    keys = cacheOf({ maxStaleness: 0 });
    keys.refreshed(performance.now());
    await find('digest a', keyOf('a'));
    expect(keys.peek('digest a')).toBeUndefined();
    const both = [1, 2].map(() => keys.findByDigest(['digest a']));
    expect(looks).toHaveLength(3);
    looks.forEach(one => one.answer());
    await Promise.all(both);
  });
});
