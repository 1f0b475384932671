import { CatalogCheck } from '../../lifecycle/KeyOwner';
import {
  compareIdentities,
  IdentityComparison,
  isSameIdentity,
  mergeIdentities,
} from '../../lifecycle/ownerIdentity';
import { isMassEvent } from './catalogSanityCheck';
import { SeenOwner } from './checkOwnersInCatalog';

/** Longest time that an owner may be away and return as a new entity without a confirmation. */
export const AWAY_UNASKED_MS = 60 * 60_000;

/**
 * Result of comparing an owner with the catalog: no news, new facts about the same person, an unconfirmed owner who turned out
 * to be the same person, an owner who has to be confirmed, or another person.
 */
export type IdentityVerdict =
  | 'known'
  | 'learnt'
  | 'settled'
  | 'unconfirmed'
  | 'replaced';

export type JudgedOwner = SeenOwner & { verdict: IdentityVerdict };

/** Verdicts on the owners of one kind. */
export type IdentityJudgement = {
  judged: JudgedOwner[];
  /** True if most of them have other ids all at once. */
  isMassOfIds: boolean;
  /** True if most of them are new entities all at once. */
  isMassOfEntities: boolean;
};

/**
 * Decides whether the owners of one kind are the same people as before.
 *
 * A change of most of them at once is a change of the identity provider or of the catalog. New entities are then accepted as
 * the same people. Other ids are not, but no key ends for them, since that could not be undone.
 */
export function judgeIdentities(
  present: readonly SeenOwner[],
  options: { annotations: readonly string[]; look: CatalogCheck; now: number },
): IdentityJudgement {
  const { annotations, look, now } = options;
  const compared = present.map(one => ({
    ...one,
    comparison: compareIdentities(one.owner.identity, one.seen, annotations),
  }));
  // Owners who already wait for confirmation are no evidence of a change now.
  const counted = compared.filter(
    ({ owner }) =>
      owner.hasKeys && owner.identity && owner.unconfirmedSince === undefined,
  );
  const count = (comparison: IdentityComparison) =>
    counted.filter(one => one.comparison === comparison).length;
  const [sameId, otherId] = [count('same-id'), count('other-id')];
  const [sameEntity, otherEntity] = [
    count('same-entity'),
    count('other-entity'),
  ];
  const isMassOfIds = isMassEvent(otherId, sameId + otherId);
  const isMassOfEntities = isMassEvent(otherEntity, sameEntity + otherEntity);
  const { massChangeAt = -Infinity } = look;
  const context = {
    isMassOfIds,
    areNewEntitiesTrusted:
      isMassOfEntities || now - massChangeAt < AWAY_UNASKED_MS,
    look,
    now,
  };
  return {
    judged: compared.map(({ comparison, ...one }) => ({
      ...one,
      verdict: judge(one, comparison, context),
    })),
    isMassOfIds,
    isMassOfEntities,
  };
}

type Context = {
  isMassOfIds: boolean;
  areNewEntitiesTrusted: boolean;
  look: CatalogCheck;
  now: number;
};

function judge(
  { owner, seen }: SeenOwner,
  comparison: IdentityComparison,
  context: Context,
): IdentityVerdict {
  const isSame = comparison === 'same-id' || comparison === 'same-entity';
  if (owner.unconfirmedSince !== undefined) return isSame ? 'settled' : 'known';
  const merged = mergeIdentities(owner.identity, seen);
  const learnt = isSameIdentity(owner.identity, merged) ? 'known' : 'learnt';
  switch (comparison) {
    case 'same-id':
    case 'same-entity':
      return learnt;
    case 'other-id':
      if (!context.isMassOfIds) return 'replaced';
      return owner.hasKeys ? 'unconfirmed' : learnt;
    case 'other-entity': {
      // The time of absence is unknown, but it began no earlier than when the catalog last had the owner.
      const seenAt = owner.absentSince ?? context.look.believedAt ?? -Infinity;
      const isUnasked =
        context.now - seenAt < AWAY_UNASKED_MS ||
        context.areNewEntitiesTrusted ||
        !owner.hasKeys;
      return isUnasked ? learnt : 'unconfirmed';
    }
    default:
      throw new Error(`Unknown comparison: ${comparison satisfies never}`);
  }
}
