import { NotFoundError } from '@backstage/errors';
import { findParentGroups } from './findParentGroups';

/** The groups of a catalog by name, and the groups that each is part of. */
const catalogOf = (parents: Record<string, string[]>) => ({
  findCatalogUser: async (query: object) => {
    const { entityRef } = query as { entityRef: string };
    const name = entityRef.replace('group:default/', '');
    if (name === 'unreachable') throw new Error('The catalog is down');
    if (!parents[name]) throw new NotFoundError(`There is no ${entityRef}`);
    return {
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name },
        relations: [
          ...parents[name].map(parent => ({
            type: 'childOf',
            targetRef: `group:default/${parent}`,
          })),
          { type: 'hasMember', targetRef: 'user:default/ada' },
          { type: 'childOf', targetRef: 'domain:default/x' },
        ],
      },
    };
  },
});

const find = (parents: Record<string, string[]>) =>
  findParentGroups('group:default/team', catalogOf(parents) as any);

describe('the groups above a group', () => {
  it('are found up to the top, nearest first', async () => {
    expect(
      await find({ team: ['division'], division: ['company'], company: [] }),
    ).toEqual(['group:default/division', 'group:default/company']);
  });

  it('are each found once, also where they are part of each other', async () => {
    expect(
      await find({ team: ['a', 'b'], a: ['b'], b: ['team', 'a'] }),
    ).toEqual(['group:default/a', 'group:default/b']);
  });

  it('do not count where the catalog does not have them', async () => {
    expect(await find({ team: ['gone', 'company'], company: [] })).toEqual([
      'group:default/company',
    ]);
  });

  it('are not guessed while the catalog is down', async () => {
    await expect(find({ team: ['unreachable'] })).rejects.toThrow('is down');
  });
});
