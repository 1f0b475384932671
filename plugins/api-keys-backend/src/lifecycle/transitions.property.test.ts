import fc from 'fast-check';
import { aKey } from '../__testUtils__/keys';
import { ApiKeyRecord } from './ApiKeyRecord';
import { isAccepted } from './status';
import {
  KeyTransition,
  Overlap,
  planRotation,
  planFirstUse,
} from './transitions';

const START = Date.UTC(2030, 0, 1);
const HOUR = 60 * 60 * 1000;
const MAX_OVERLAP = 24 * HOUR;
const LIFETIME = 100 * HOUR;
const ADA = 'user:default/ada';

type Step =
  | { do: 'rotate'; nth: number; overlap: Overlap }
  | { do: 'use' | 'revoke'; nth: number }
  | { do: 'wait'; hours: number };

const nth = fc.nat(20);
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('rotate' as const),
    nth,
    overlap: fc.constantFrom<Overlap>('until-first-use', 'immediately'),
  }),
  fc.record({ do: fc.constant('use' as const), nth }),
  fc.record({ do: fc.constant('revoke' as const), nth }),
  fc.record({
    do: fc.constant('wait' as const),
    hours: fc.integer({ min: 0, max: 30 }),
  }),
);

/** One family in memory, to which planned transitions are applied as in the database. */
class Family {
  now = START;
  keys: ApiKeyRecord[] = [this.#make('key-0')];

  take(step: Step) {
    const key = this.keys['nth' in step ? step.nth % this.keys.length : 0];
    switch (step.do) {
      case 'wait':
        this.now += step.hours * HOUR;
        break;
      case 'use':
        this.#apply(planFirstUse(this.keys, key.id, this.now) ?? []);
        break;
      case 'revoke':
        this.#apply([
          { type: 'revoke', keyId: key.id, by: ADA, reason: 'owner' },
        ]);
        break;
      case 'rotate':
        this.#rotate(key, step.overlap);
        break;
      default:
        throw new Error(`Unknown step: ${step satisfies never}`);
    }
  }

  accepted(): ApiKeyRecord[] {
    return this.keys.filter(key => isAccepted(key, this.now));
  }

  #rotate(key: ApiKeyRecord, overlap: Overlap) {
    const successorId = `key-${this.keys.length}`;
    const transitions = planRotation(this.keys, key.id, this.now, {
      by: ADA,
      successorId,
      overlap,
      maxOverlap: MAX_OVERLAP,
    });
    if (!transitions) return;
    this.#apply(transitions);
    this.keys.push(this.#make(successorId, key.id));
  }

  #make(id: string, predecessorId?: string): ApiKeyRecord {
    return aKey({
      id,
      familyId: 'key-0',
      predecessorId,
      createdAt: this.now,
      expiresAt: this.now + LIFETIME,
    });
  }

  #apply(transitions: KeyTransition[]) {
    for (const transition of transitions) {
      this.keys = this.keys.map(key =>
        key.id === transition.keyId && key.revokedAt === undefined
          ? { ...key, ...this.#changeOf(transition) }
          : key,
      );
    }
  }

  #changeOf(transition: KeyTransition): Partial<ApiKeyRecord> {
    switch (transition.type) {
      case 'revoke':
        return { revokedAt: this.now, revokedReason: transition.reason };
      case 'retire':
        return {
          successorId: transition.successorId,
          overlapEndsAt: transition.overlapEndsAt,
        };
      case 'first-use':
        return { firstUsedAt: this.now };
      case 'keep-alive':
        return { keptAliveAt: this.now };
      default:
        throw new Error(`Unknown transition: ${transition satisfies never}`);
    }
  }
}

describe('any sequence of rotations, uses, revocations and waits', () => {
  const forAllSequences = (check: (family: Family, step: Step) => void) =>
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), sequence => {
        const family = new Family();
        for (const step of sequence) check(family, step);
      }),
      { numRuns: 500 },
    );

  it('leaves at most a leaf and its direct predecessor accepted', () => {
    forAllSequences((family, step) => {
      family.take(step);
      const [predecessor, leaf, ...others] = family.accepted();
      expect(others).toEqual([]);
      expect([undefined, predecessor?.id]).toContain(leaf?.predecessorId);
      expect([undefined, leaf?.id]).toContain(
        leaf ? predecessor.successorId : undefined,
      );
      expect(leaf?.successorId).toBeUndefined();
    });
  });

  it('never brings a key back', () => {
    forAllSequences((family, step) => {
      const dead = new Set(family.keys);
      for (const key of family.accepted()) dead.delete(key);
      family.take(step);
      const back = family
        .accepted()
        .filter(({ id }) => [...dead].some(key => key.id === id));
      expect(back).toEqual([]);
    });
  });

  it('never lets a key work for longer than its lifetime or its overlap allows', () => {
    forAllSequences((family, step) => {
      const overlaps = new Map(
        family.keys.map(key => [key.id, key.overlapEndsAt ?? Infinity]),
      );
      family.take(step);
      for (const key of family.accepted()) {
        expect(family.now).toBeLessThan(key.createdAt + LIFETIME);
        expect(key.overlapEndsAt ?? Infinity).toBeLessThanOrEqual(
          overlaps.get(key.id) ?? Infinity,
        );
      }
    });
  });

  it('of a successor, once it is used, leaves it alone', () => {
    forAllSequences((family, step) => {
      family.take(step);
      const used = family.accepted().filter(key => key.firstUsedAt);
      const predecessors = used.map(key => key.predecessorId);
      expect(
        family.accepted().filter(({ id }) => predecessors.includes(id)),
      ).toEqual([]);
    });
  });
});
