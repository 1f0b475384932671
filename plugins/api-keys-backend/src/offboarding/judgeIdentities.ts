import { CatalogLook } from '../database/KeyOwner';
import {
  compareIdentities,
  IdentityComparison,
  isSameIdentity,
  mergeIdentities,
} from '../lifecycle/ownerIdentity';
import { isMassEvent } from './disbelief';
import { SeenOwner } from './lookAtOwners';

/** For so long, an owner may be away and come back as a new entity without anybody asking who it is. */
export const AWAY_UNASKED_MS = 60 * 60_000;

/**
 * What follows from a look at an owner: nothing, something new is known of the same one, the one who waited to be confirmed is
 * the same after all, the owner has to be confirmed, or is somebody else.
 */
export type IdentityVerdict =
  | 'known'
  | 'learnt'
  | 'settled'
  | 'unconfirmed'
  | 'replaced';

export type JudgedOwner = SeenOwner & { verdict: IdentityVerdict };

/** The verdicts on the owners of one kind. */
export type IdentityJudgement = {
  judged: JudgedOwner[];
  /** Whether most of them have other ids all at once. */
  isMassOfIds: boolean;
  /** Whether most of them are new entities all at once. */
  isMassOfEntities: boolean;
};

/**
 * Judges who the owners of one kind are.
 *
 * What happens to most of them at once is a change of the identity provider or of the catalog. New entities are then taken for the
 * same people; other ids are not, but no key ends by it, since that could not be undone.
 */
export function judgeIdentities(
  present: readonly SeenOwner[],
  options: { annotations: readonly string[]; look: CatalogLook; now: number },
): IdentityJudgement {
  const { annotations, look, now } = options;
  const compared = present.map(one => ({
    ...one,
    comparison: compareIdentities(one.owner.identity, one.seen, annotations),
  }));
  // Who waits to be confirmed already says nothing about what has happened now.
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
  look: CatalogLook;
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
      // Nobody knows for how long the owner was away, but not for longer than since the catalog had them last.
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
