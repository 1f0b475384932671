import fc from 'fast-check';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Ways to request the revocation of a key; `leak` reports its secret. */
const REVOKING = ['revoke', 'admin', 'leak', 'found'] as const;

/** One use for each way, so that uses are as frequent as all of them together. */
const USED_OFTEN = REVOKING.map(() => 'use' as const);

type Revoking = (typeof REVOKING)[number];

/** `nth` selects one of the keys that exist by then. */
export type Action =
  | { do: 'create'; inactivity: boolean }
  | { do: 'rotate' | 'self-rotate'; nth: number; immediately: boolean }
  | { do: 'extend' | 'shorten'; nth: number; days: number }
  | { do: 'use' | 'keep-alive' | 'reuse' | Revoking; nth: number }
  | { do: 'policy'; days: number };

/** Step of a sequence: its actions race each other on two replicas. */
export type Step = { actions: Action[]; flush: boolean; thenWait: number };

const nth = fc.nat(50);
const days = fc.integer({ min: 1, max: 40 });
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      inactivity: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('rotate' as const, 'self-rotate' as const),
      nth,
      immediately: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'use' as const,
        'use' as const,
        'use' as const,
        'keep-alive' as const,
        'reuse' as const,
        ...REVOKING,
      ),
      nth,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('extend' as const, 'shorten' as const),
      nth,
      days,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('policy' as const), days }),
  },
);

/** Actions that create, use and revoke keys; there are few keys, so that actions collide. */
export const racingActions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constantFrom(
          'self-rotate' as const,
          'self-rotate' as const,
          'rotate' as const,
        ),
        nth: fc.nat(50),
        immediately: fc.boolean(),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constantFrom(...USED_OFTEN, ...REVOKING),
        nth: fc.nat(50),
      }),
    },
  ),
  { minLength: 2, maxLength: 3 },
);

/** Sequences of every action on keys. */
export const sequences: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    actions: fc.array(action, { minLength: 1, maxLength: 4 }),
    flush: fc.boolean(),
    thenWait: fc.oneof(
      fc.constant(1),
      fc.integer({ min: HOUR, max: 10 * DAY }),
    ),
  }),
  { minLength: 5, maxLength: 25 },
);

/** Returns true if an action requests the revocation of a key. */
export function isRevoking(one: Action): one is Action & { nth: number } {
  return REVOKING.some(way => way === one.do);
}
