import { SingleFlight } from './SingleFlight';

type Pending = { resolve(value: string): void; reject(error: Error): void };

describe('SingleFlight', () => {
  let pending: Pending[];
  let results: string[];
  let flight: SingleFlight<string>;

  const call = () =>
    new Promise<string>((resolve, reject) => {
      pending.push({ resolve, reject });
    });
  const run = (key = 'a') =>
    flight.run(key, call, ({ value, isLatest }) => {
      results.push(`${value}${isLatest ? '' : ' (overtaken)'}`);
    });

  beforeEach(() => {
    jest.useFakeTimers();
    pending = [];
    results = [];
    flight = new SingleFlight({ maxAgeMs: 100 });
  });

  afterEach(() => jest.useRealTimers());

  it('makes one call for all who wait, and reports its result once', async () => {
    const all = [run(), run()];
    jest.advanceTimersByTime(99);
    all.push(run());
    pending[0].resolve('value');
    expect(await Promise.all(all)).toEqual(['value', 'value', 'value']);
    expect(pending).toHaveLength(1);
    expect(results).toEqual(['value']);
  });

  it('makes another call for another key, and after the first is over', async () => {
    const all = [run('a'), run('b')];
    pending[0].resolve('A');
    await all[0];
    all.push(run('a'));
    pending[1].resolve('B');
    pending[2].resolve('A2');
    expect(await Promise.all(all)).toEqual(['A', 'B', 'A2']);
  });

  it('rejects for all who wait, and for nobody after them', async () => {
    const all = [run(), run()];
    pending[0].reject(new Error('away'));
    for (const one of all) await expect(one).rejects.toThrow('away');
    const again = run();
    pending[1].resolve('value');
    expect(await again).toBe('value');
    expect(results).toEqual(['value']);
  });

  it('joins no call that is too old, and says that it was overtaken', async () => {
    const old = run();
    jest.advanceTimersByTime(100);
    const all = [run(), run()];
    expect(pending).toHaveLength(2);
    pending[1].resolve('new');
    expect(await Promise.all(all)).toEqual(['new', 'new']);
    pending[0].resolve('old');
    expect(await old).toBe('old');
    expect(results).toEqual(['new', 'old (overtaken)']);
  });

  it('joins no call that is forgotten', async () => {
    const before = run();
    flight.forget();
    const after = run();
    pending[0].resolve('old');
    pending[1].resolve('new');
    expect(await Promise.all([before, after])).toEqual(['old', 'new']);
    expect(results).toEqual(['old (overtaken)', 'new']);
  });
});
