import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import fc from 'fast-check';
import { aKey } from '../../__testUtils__/keys';
import { nextWarnings, Told } from '../../__testUtils__/nextWarnings';
import { DatabaseWarnings } from '../../database/DatabaseWarnings';
import { openStores } from '../../database/stores';
import { toRow } from '../../database/rows';
import { ApiKeyRecord } from '../../lifecycle/ApiKeyRecord';
import { DAY } from '../../lifecycle/time';
import { planOf, Warning, WarningPlan } from '../../lifecycle/warningPlan';

const NOW = Date.UTC(2030, 5, 1);
const ADA = 'user:default/ada';
const EVERYBODY = { owners: 'everybody' } as const;
const PLAN = planOf({
  beforeExpiry: [DAY, 3 * DAY, 14 * DAY],
  beforeInactivity: [3 * DAY],
  afterExpiry: true,
});
const MADE = { createdAt: NOW - 100 * DAY };
const INACTIVE_IN = (days: number) => ({
  inactivityTimeout: 30 * DAY,
  lastUsedAt: NOW - (30 - days) * DAY,
});

type Case = {
  key: Partial<ApiKeyRecord>;
  told?: Told[];
  plan?: WarningPlan;
  /** Kind, threshold, and due time, in days. */
  next: [Warning['kind'], number, number][];
};

const told = (kind: Told['kind'], threshold: number, endsIn: number): Told => ({
  kind,
  threshold: threshold * DAY,
  endsAt: NOW + endsIn * DAY,
});
const endsIn = (days: number) => ({ expiresAt: NOW + days * DAY });

const CASES: Record<string, Case> = {
  'a key without an end': { key: {}, next: [] },
  'a key that ends after all thresholds': {
    key: endsIn(90),
    next: [
      ['expiry', 14, 76],
      ['expired', 0, 90],
    ],
  },
  'the very moment that a threshold begins': {
    key: endsIn(14),
    next: [
      ['expiry', 14, 0],
      ['expired', 0, 14],
    ],
  },
  'a key with 2 days left: one warning, not two': {
    key: endsIn(2),
    next: [
      ['expiry', 3, -1],
      ['expired', 0, 2],
    ],
  },
  'a new key of a week: in its second half alone': {
    key: { ...endsIn(7), createdAt: NOW },
    next: [
      ['expiry', 3, 4],
      ['expired', 0, 7],
    ],
  },
  'a new key of six days, of which three are half: the day before': {
    key: { ...endsIn(6), createdAt: NOW },
    next: [
      ['expiry', 1, 5],
      ['expired', 0, 6],
    ],
  },
  'a new key of two days: no warning but that it has expired': {
    key: { ...endsIn(2), createdAt: NOW },
    next: [['expired', 0, 2]],
  },
  'a long-lived key that was cut short: as it ever was': {
    key: { ...endsIn(0.5), createdAt: NOW - 30 * DAY },
    next: [
      ['expiry', 1, -0.5],
      ['expired', 0, 0.5],
    ],
  },
  'a key that was told the threshold that has begun': {
    key: endsIn(2),
    told: [told('expiry', 3, 2)],
    next: [
      ['expiry', 1, 1],
      ['expired', 0, 2],
    ],
  },
  'a threshold added later, less urgent than what was told': {
    key: endsIn(2),
    told: [told('expiry', 3, 2)],
    plan: { ...PLAN, expiry: [DAY, 3 * DAY, 7 * DAY] },
    next: [
      ['expiry', 1, 1],
      ['expired', 0, 2],
    ],
  },
  'missed runs catch up with the most urgent alone': {
    key: endsIn(0.5),
    told: [told('expiry', 14, 0.5)],
    next: [
      ['expiry', 1, -0.5],
      ['expired', 0, 0.5],
    ],
  },
  'an end told of that is no longer the end': {
    key: endsIn(10),
    told: [told('expiry', 1, 1), told('expired', 0, 1)],
    next: [
      ['expiry', 14, -4],
      ['expired', 0, 10],
    ],
  },
  'a key that was told everything': {
    key: endsIn(0.5),
    told: [told('expiry', 1, 0.5)],
    next: [['expired', 0, 0.5]],
  },
  'a key that has just expired': {
    key: endsIn(0),
    next: [['expired', 0, 0]],
  },
  'a key that expired and was told': {
    key: endsIn(-1),
    told: [told('expired', 0, -1)],
    next: [],
  },
  'a key that expired before anybody told': { key: endsIn(-3), next: [] },
  'no notice after expiry, where that is switched off': {
    key: endsIn(-1),
    plan: { ...PLAN, expired: [] },
    next: [],
  },
  'a revoked key': { key: { ...endsIn(2), revokedAt: NOW }, next: [] },
  'a retiring key, whose successor is there': {
    key: { ...endsIn(2), overlapEndsAt: NOW + DAY },
    next: [],
  },
  'a rotated key whose overlap has ended': {
    key: { ...endsIn(-1), overlapEndsAt: NOW - 2 * DAY },
    next: [],
  },
  'a key that goes inactive soon': {
    key: INACTIVE_IN(2),
    next: [['inactivity', 3, -1]],
  },
  'a key that was never used goes inactive by when it was made': {
    key: { createdAt: NOW - 20 * DAY, inactivityTimeout: 30 * DAY },
    next: [['inactivity', 3, 7]],
  },
  'a key kept alive after its last use': {
    key: { ...INACTIVE_IN(2), keptAliveAt: NOW - DAY },
    told: [told('inactivity', 3, 2)],
    next: [['inactivity', 3, 26]],
  },
  'an inactive key hears nothing of its expiry': {
    key: { ...INACTIVE_IN(-1), ...endsIn(2) },
    next: [],
  },
  'a key that was inactive when it expired hears nothing': {
    key: { ...INACTIVE_IN(-3), ...endsIn(-1) },
    next: [],
  },
  'a key that expires before it would go inactive': {
    key: { ...INACTIVE_IN(2), ...endsIn(1.5) },
    next: [
      ['expiry', 3, -1.5],
      ['expired', 0, 1.5],
    ],
  },
  'a key that goes inactive first, and hears of its expiry if it is used': {
    key: { ...INACTIVE_IN(5), ...endsIn(30) },
    next: [['inactivity', 3, 2]],
  },
  'a timeout of which the threshold is nearly half': {
    key: { inactivityTimeout: 6.5 * DAY, lastUsedAt: NOW },
    next: [['inactivity', 3, 3.5]],
  },
  'a timeout of which the threshold is half: no warning at each use': {
    key: { inactivityTimeout: 6 * DAY, lastUsedAt: NOW },
    next: [],
  },
  'no thresholds at all': {
    key: { ...endsIn(2), ...INACTIVE_IN(1) },
    plan: { expiry: [], inactivity: [], expired: [] },
    next: [],
  },
};

const inDays = ({ kind, threshold, dueAt }: Warning) => [
  kind,
  threshold / DAY,
  (dueAt - NOW) / DAY,
];

describe('the next warnings, in plain words', () => {
  it.each(Object.entries(CASES))('%s', (_, { key, plan = PLAN, ...rest }) => {
    const found = nextWarnings(
      aKey({ ...MADE, ...key }),
      rest.told ?? [],
      plan,
      NOW,
    );
    expect(found.map(inDays)).toEqual(rest.next);
  });
});

describe('a warning', () => {
  const days = fc.integer({ min: 1, max: 400 }).map(day => day * DAY);

  it('comes in the second half of a life, never at birth', () => {
    fc.assert(
      fc.property(
        days,
        fc
          .array(days, { minLength: 1 })
          .map(list => list.sort((a, b) => a - b)),
        (life, expiry) => {
          const key = aKey({ createdAt: NOW, expiresAt: NOW + life });
          const plan = { expiry, inactivity: [], expired: [] };
          const [next, ...others] = nextWarnings(key, [], plan, NOW);
          expect(others).toEqual([]);
          const [shortest] = expiry;
          // Every key that allows a warning in time gets one.
          expect(next !== undefined).toBe(shortest < life / 2);
          expect((next?.dueAt ?? Infinity) - NOW).toBeGreaterThan(life / 2);
        },
      ),
    );
  });

  it('of inactivity comes when half of the timeout is over without a use', () => {
    fc.assert(
      fc.property(days, days, (inactivityTimeout, threshold) => {
        const key = aKey({ createdAt: NOW, inactivityTimeout });
        const plan = { expiry: [], inactivity: [threshold], expired: [] };
        const [next] = nextWarnings(key, [], plan, NOW);
        expect(next !== undefined).toBe(threshold < inactivityTimeout / 2);
        const dueAt = next?.dueAt ?? Infinity;
        expect(dueAt - NOW).toBeGreaterThan(inactivityTimeout / 2);
      }),
    );
  });
});

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'the next warnings on %s',
  databaseId => {
    let knex: Knex;
    let warnings: DatabaseWarnings;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      const database = { getClient: async () => knex };
      ({ warnings } = await openStores({ database }));
    });

    beforeEach(async () => {
      await knex('api_key_warnings').delete();
      await knex('api_keys').delete();
    });

    async function given(key: ApiKeyRecord, told_: readonly Told[]) {
      await knex('api_keys').insert(toRow(key, key.id));
      const rows = told_.map(({ kind, endsAt, threshold }) => ({
        key_id: key.id,
        owner: key.owner,
        kind,
        ends_at: endsAt,
        threshold,
        claim_id: randomUUID(),
        claimed_at: NOW - DAY,
        sent_at: NOW - DAY,
      }));
      if (rows.length > 0) await knex('api_key_warnings').insert(rows);
    }

    async function listAll(plan: WarningPlan, days = 200) {
      const page = { now: NOW, until: NOW + days * DAY, limit: 1000 };
      return (await warnings.list(plan, EVERYBODY, page)).items;
    }

    it.each(Object.entries(CASES))('%s', async (_, one) => {
      await given(aKey({ ...MADE, ...one.key }), one.told ?? []);
      const found = await listAll(one.plan ?? PLAN);
      expect(found.map(inDays).sort()).toEqual([...one.next].sort());
    });

    it('are those in plain words, of whatever keys there are', async () => {
      const day = fc
        .integer({ min: -80, max: 80 })
        .map(d => NOW + (d * DAY) / 2);
      const life = fc.record(
        {
          createdAt: fc
            .integer({ min: 0, max: 120 })
            .map(halves => NOW - (halves * DAY) / 2),
          expiresAt: day,
          inactivityTimeout: fc
            .integer({ min: 1, max: 40 })
            .map(halves => (halves * DAY) / 2),
          lastUsedAt: day,
          keptAliveAt: day,
          overlapEndsAt: day,
          revokedAt: fc.constant(NOW),
        },
        { requiredKeys: ['createdAt'] },
      );
      const halfDays = fc
        .uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 4 })
        .map(list => list.sort((a, b) => a - b).map(half => (half * DAY) / 2));
      const plans = fc.record({
        expiry: halfDays,
        inactivity: halfDays,
        expired: fc.constantFrom([0], []),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(life, fc.array(fc.nat())), { maxLength: 20 }),
          plans,
          async (lives, plan) => {
            await knex('api_key_warnings').delete();
            await knex('api_keys').delete();
            const expected: Warning[] = [];
            for (const [fields, choices] of lives) {
              const key = aKey(fields);
              const all = choices.flatMap(choice => toldOf(key, plan, choice));
              const once = [
                ...new Map(all.map(one => [JSON.stringify(one), one])).values(),
              ];
              await given(key, once);
              expected.push(...nextWarnings(key, once, plan, NOW));
            }
            const found = await listAll(plan);
            expect(sorted(found)).toEqual(sorted(expected));
          },
        ),
        { numRuns: 60 },
      );
    });

    it('are sent again to a new owner', async () => {
      const key = aKey({ ...MADE, ...endsIn(2) });
      await given({ ...key, owner: ADA }, [told('expiry', 3, 2)]);
      await knex('api_keys').update({ owner: 'group:default/team-a' });
      expect((await listAll(PLAN, 0)).map(inDays)).toEqual([['expiry', 3, -1]]);
    });
  },
);

/** Creates an earlier warning of a key: of its current end, or of another one. */
function toldOf(key: ApiKeyRecord, plan: WarningPlan, choice: number): Told[] {
  const kind = (['expiry', 'inactivity', 'expired'] as const)[choice % 3];
  const { expiresAt = NOW, lastUsedAt = NOW, inactivityTimeout = 0 } = key;
  const ends = [expiresAt, lastUsedAt + inactivityTimeout, NOW];
  const thresholds = [...plan[kind], 5 * DAY];
  return [
    {
      kind,
      endsAt: ends[choice % ends.length],
      threshold: thresholds[choice % thresholds.length],
    },
  ];
}

function sorted(warnings: readonly Warning[]) {
  return warnings.map(one => JSON.stringify(Object.entries(one).sort())).sort();
}
