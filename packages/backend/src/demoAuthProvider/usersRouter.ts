import { AuthService } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  Entity,
  GroupEntity,
  RELATION_MEMBER_OF,
  UserEntity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';

/** User to sign in as. */
type DemoUser = {
  ref: string;
  name: string;
  displayName: string;
  role: string;
  team: string;
};

/** `GET /demo/users`: lists all users, by team and name. */
export function createUsersRouter(options: {
  auth: AuthService;
  catalog: CatalogService;
}): Router {
  const { auth, catalog } = options;
  const router = PromiseRouter();

  router.get('/demo/users', async (_req, res) => {
    const { items } = await catalog.getEntities(
      {
        filter: [
          { kind: 'user', 'metadata.namespace': DEFAULT_NAMESPACE },
          { kind: 'group' },
        ],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const teamNames = new Map(
      items
        .filter(isGroup)
        .map(group => [stringifyEntityRef(group), titleOf(group)]),
    );
    const users = items
      .filter(isUser)
      .map(user => toDemoUser(user, teamNames))
      .sort(
        (a, b) =>
          a.team.localeCompare(b.team) ||
          a.displayName.localeCompare(b.displayName),
      );
    res.json(users);
  });

  return router;
}

function toDemoUser(
  user: UserEntity,
  teamNames: Map<string, string>,
): DemoUser {
  const teamRef = user.relations?.find(
    relation => relation.type === RELATION_MEMBER_OF,
  )?.targetRef;
  return {
    ref: stringifyEntityRef(user),
    name: user.metadata.name,
    displayName: titleOf(user),
    role: user.metadata.description ?? '',
    team: (teamRef && teamNames.get(teamRef)) ?? '',
  };
}

function titleOf(entity: GroupEntity | UserEntity): string {
  return entity.spec.profile?.displayName ?? entity.metadata.name;
}

function isGroup(entity: Entity): entity is GroupEntity {
  return entity.kind === 'Group';
}

function isUser(entity: Entity): entity is UserEntity {
  return entity.kind === 'User';
}
