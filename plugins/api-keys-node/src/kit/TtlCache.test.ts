import { TtlCache } from './TtlCache';

describe('TtlCache', () => {
  let now: number;
  let cache: TtlCache<string>;

  beforeEach(() => {
    now = 1000;
    cache = new TtlCache({ max: 2, now: () => now });
  });

  it('returns a value until it expires, and then drops it', () => {
    cache.set('a', 'value', 1100);
    now = 1099;
    expect(cache.get('a')).toBe('value');
    now = 1100;
    expect(cache.get('a')).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it.each([1000, 0, -Infinity, NaN])('does not cache until %s', expiresAt => {
    cache.set('a', 'value', expiresAt);
    expect(cache.size).toBe(0);
  });

  it('evicts the entry that was not used for longest', () => {
    cache.set('a', 'A', Infinity);
    cache.set('b', 'B', Infinity);
    cache.get('a');
    cache.set('c', 'C', Infinity);
    expect(['a', 'b', 'c'].map(key => cache.get(key))).toEqual([
      'A',
      undefined,
      'C',
    ]);
  });

  it('forgets what is deleted', () => {
    cache.set('a', 'value', 1100);
    cache.delete('a');
    expect(cache.get('a')).toBeUndefined();
  });
});
