import { AuthResolverContext } from '@backstage/plugin-auth-node';
import { ownerKindOf } from 'backstage-plugin-api-keys-node/internal';

type Context = Pick<AuthResolverContext, 'findCatalogUser'>;

const CHILD_OF = 'childOf';
/** Bounds what one exchange asks the catalog for. */
const MAX_GROUPS = 50;

/**
 * Finds the groups above a group that are in the catalog, nearest first, up to the top.
 *
 * @throws the error of the catalog client
 */
export async function findParentGroups(
  group: string,
  context: Context,
): Promise<string[]> {
  const seen = new Set([group]);
  const found: string[] = [];
  const queue = (await parentsOf(group, context)) ?? [];
  while (queue.length > 0 && seen.size <= MAX_GROUPS) {
    const parent = queue.shift()!;
    if (seen.has(parent)) continue;
    seen.add(parent);
    const above = await parentsOf(parent, context);
    if (!above) continue;
    found.push(parent);
    queue.push(...above);
  }
  return found;
}

/** Undefined for a group that is not in the catalog. */
async function parentsOf(
  group: string,
  context: Context,
): Promise<string[] | undefined> {
  try {
    const { entity } = await context.findCatalogUser({ entityRef: group });
    return (entity.relations ?? [])
      .filter(({ type }) => type === CHILD_OF)
      .map(({ targetRef }) => targetRef)
      .filter(ref => ownerKindOf(ref) === 'group');
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundError') {
      return undefined;
    }
    throw error;
  }
}
