import { IntrospectionCache } from './IntrospectionCache';
import { PortalAnswer } from './types';
import { VerificationUnavailableError } from './VerificationUnavailableError';

const keyThat = (more: { expiresAt?: Date } = {}): PortalAnswer => ({
  active: true,
  key: {
    ...{ id: '1', owner: 'ada', subject: 'ada' },
    ...{ scopes: [], restricted: false, ...more },
  },
});
const ACTIVE = keyThat();
const INACTIVE: PortalAnswer = { active: false };
const UNAVAILABLE = new VerificationUnavailableError('The portal is away');

describe('answers that are kept for 5 s', () => {
  const ask = jest.fn<Promise<PortalAnswer>, []>();
  let answers: IntrospectionCache;

  beforeEach(() => {
    jest.useFakeTimers();
    ask.mockReset().mockResolvedValue(ACTIVE);
    answers = new IntrospectionCache({ maxStaleness: 5000, maxEntries: 10 });
  });

  afterEach(() => jest.useRealTimers());

  const get = (what = 'a') => answers.get(what, ask);

  it.each([
    ['accepted', ACTIVE, INACTIVE],
    ['not accepted', INACTIVE, ACTIVE],
  ])('are those of keys that are %s', async (_, first, second) => {
    ask.mockResolvedValueOnce(first).mockResolvedValueOnce(second);
    expect(await get()).toBe(first);
    jest.advanceTimersByTime(4999);
    expect(await get()).toBe(first);
    jest.advanceTimersByTime(1);
    expect(await get()).toBe(second);
    expect(await get()).toBe(second);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('are so old when they arrive as the question is', async () => {
    ask.mockImplementationOnce(async () => {
      jest.advanceTimersByTime(3000);
      return ACTIVE;
    });
    await get();
    jest.advanceTimersByTime(1999);
    await get();
    expect(ask).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1);
    await get();
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('are used in an outage for no longer than otherwise', async () => {
    await get();
    ask.mockRejectedValue(UNAVAILABLE);
    jest.advanceTimersByTime(4999);
    expect(await get()).toBe(ACTIVE);
    jest.advanceTimersByTime(1);
    await expect(get()).rejects.toBe(UNAVAILABLE);
    await expect(get()).rejects.toBe(UNAVAILABLE);
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('end with the key', async () => {
    jest.setSystemTime(new Date('2026-01-01T00:00:00Z'));
    ask.mockResolvedValue(
      keyThat({ expiresAt: new Date('2026-01-01T00:00:02Z') }),
    );
    await get();
    jest.advanceTimersByTime(1999);
    await get();
    expect(ask).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1);
    await get();
    await get();
    // This clock may be ahead of the portal's, which decides.
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('are those of accepted keys however many others are asked about', async () => {
    await get('good');
    ask.mockResolvedValue(INACTIVE);
    for (let i = 0; i < 1000; i++) await get(`random ${i}`);
    ask.mockClear();
    expect(await get('good')).toBe(ACTIVE);
    expect(await get('random 999')).toBe(INACTIVE);
    expect(ask).not.toHaveBeenCalled();
    await get('random 0');
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('are as many as there may be', async () => {
    for (let i = 0; i < 11; i++) await get(`${i}`);
    ask.mockClear();
    await get('1');
    expect(ask).not.toHaveBeenCalled();
    await get('0');
    expect(ask).toHaveBeenCalledTimes(1);
  });

  describe('and are on their way', () => {
    let arrive: (answer: PortalAnswer) => void;
    let fail: (error: Error) => void;

    beforeEach(() => {
      ask.mockImplementationOnce(
        () =>
          new Promise((resolve, reject) => {
            arrive = resolve;
            fail = reject;
          }),
      );
    });

    it('are for all who want to know at the same time', async () => {
      const all = [get(), get()];
      jest.advanceTimersByTime(4999);
      all.push(get());
      arrive(ACTIVE);
      expect(await Promise.all(all)).toEqual([ACTIVE, ACTIVE, ACTIVE]);
      expect(ask).toHaveBeenCalledTimes(1);
    });

    it('fail for all of them, and for nobody after', async () => {
      const all = [get(), get()];
      fail(UNAVAILABLE);
      for (const answer of await Promise.allSettled(all)) {
        expect(answer).toEqual({ status: 'rejected', reason: UNAVAILABLE });
      }
      expect(await get()).toBe(ACTIVE);
    });

    it('are for nobody who comes when they may be too old, and do not replace newer ones', async () => {
      const first = get();
      jest.advanceTimersByTime(5000);
      ask.mockResolvedValue(INACTIVE);
      expect(await get()).toBe(INACTIVE);
      arrive(ACTIVE);
      expect(await first).toBe(ACTIVE);
      expect(await get()).toBe(INACTIVE);
      expect(ask).toHaveBeenCalledTimes(2);
    });
  });
});

it('asks every time for answers that may not be old at all', async () => {
  const answers = new IntrospectionCache({ maxStaleness: 0, maxEntries: 10 });
  const ask = jest.fn(async () => ACTIVE);
  await Promise.all([answers.get('a', ask), answers.get('a', ask)]);
  await answers.get('a', ask);
  expect(ask).toHaveBeenCalledTimes(3);
});
