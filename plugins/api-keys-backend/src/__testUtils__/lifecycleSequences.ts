import fc from 'fast-check';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** The ways to ask for the revocation of a key; `leak` is by its secret. */
const REVOKING = ['revoke', 'admin', 'leak', 'found'] as const;

/** As often as all of them together. */
const USED_OFTEN = REVOKING.map(() => 'use' as const);

type Revoking = (typeof REVOKING)[number];

/** `nth` names one of the keys that there are by then. */
export type Action =
  | { do: 'create'; inactivity: boolean }
  | { do: 'rotate' | 'self-rotate'; nth: number; immediately: boolean }
  | { do: 'extend' | 'shorten'; nth: number; days: number }
  | { do: 'use' | 'keep-alive' | 'reuse' | Revoking; nth: number }
  | { do: 'policy'; days: number };

/** Actions of one step race each other, over two replicas. */
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

/** What makes keys, uses them and revokes them, on few keys, so that it meets. */
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

/** Sequences of everything that happens to keys. */
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

/** Whether an action asks for the revocation of a key. */
export function isRevoking(one: Action): one is Action & { nth: number } {
  return REVOKING.some(way => way === one.do);
}
