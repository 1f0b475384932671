import { Entity } from '@backstage/catalog-model';

/** Catalog entities of three people and two teams. */
export const company: Entity[] = [
  group('team-a', 'ada', 'grace'),
  group('team-b', 'linus'),
  user('ada', 'team-a'),
  user('linus', 'team-b'),
  user('grace', 'team-a'),
];

function user(name: string, team: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { memberOf: [team] },
    relations: [{ type: 'memberOf', targetRef: `group:default/${team}` }],
  };
}

function group(name: string, ...members: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
    relations: members.map(member => ({
      type: 'hasMember',
      targetRef: `user:default/${member}`,
    })),
  };
}
