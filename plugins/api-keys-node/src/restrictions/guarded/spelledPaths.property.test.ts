import { mockServices } from '@backstage/backend-test-utils';
import express, { Router } from 'express';
import fc from 'fast-check';
import request from 'supertest';
import { GuardedRoutes } from './GuardedRoutes';
import { RoutePattern } from './RoutePattern';

const DECLARED = ['POST /todos', 'DELETE /todos/:id', 'POST /lists/:list/*'];
const DECLARED_ACTION = 'todo:create';
const ACTION = '/.backstage/actions/v1/actions';

/** Routes of the plugins `todo` and `wide`, in the order of Express. */
const ROUTES = [
  ...['POST /todos', 'POST /todos/purge', 'DELETE /todos/:id'],
  ...['DELETE /todos/:id/history', 'POST /lists/:list/items'],
  ...['POST /lists/purge', 'POST /purge', 'DELETE /'],
  ...[`POST ${ACTION}/:id/invoke`, 'POST /.backstage/scheduler/v1/tasks'],
];

const guardedRoutes = GuardedRoutes.fromConfig(
  mockServices.rootConfig({
    data: {
      apiKeys: {
        restrictions: {
          guardedRoutes: { todo: DECLARED, wide: ['POST /*', 'DELETE /*'] },
          guardedActions: [DECLARED_ACTION],
        },
      },
    },
  }),
);

/** Serves a plugin like Backstage, and answers with the matched route and the access of a limited key to it. */
function servePlugin(pluginId: string): Router {
  const plugin = Router();
  plugin.use((req, res, next) => {
    const { method, baseUrl, path } = req;
    res.locals.access = guardedRoutes.accessTo(pluginId, {
      method,
      path: baseUrl + path,
    });
    next();
  });
  for (const route of ROUTES) {
    const [method, path] = route.split(' ');
    plugin[method.toLowerCase() as 'post' | 'delete'](path, (req, res) => {
      const { access } = res.locals;
      res.json({ route, access, id: req.params.id });
    });
  }
  return plugin;
}

const app = express();
for (const id of ['todo', 'wide']) app.use(`/api/${id}`, servePlugin(id));
app.use((_, res) => res.json({}));

const segment = fc.constantFrom(
  ...['todos', 'TODOS', 'todos;', '%74odos', 'lists', 'purge', 'items', '1'],
  ...['', '.', '..', '%2e%2e', '%2f', 'history', '..%2fpurge', 'todos%2fpurge'],
  ...['.backstage', '.Backstage', '%2ebackstage', 'actions', 'ACTIONS', 'v1'],
  ...['invoke', 'scheduler', 'tasks', 'todo:create', 'todo:remove'],
);
const path = fc.oneof(
  fc
    .array(segment, { minLength: 1, maxLength: 5 })
    .map(segments => `/${segments.join('/')}`),
  // Near misses of existing routes, which random paths would rarely hit.
  fc
    .tuple(
      fc.constantFrom(...ROUTES),
      fc.constantFrom('todo:create', 'todo:remove', '%74odo:remove', '..'),
      fc.constantFrom<(text: string) => string>(
        text => text,
        text => text.toUpperCase(),
        text => text.replace('/.backstage', '/.Backstage'),
        text => text.replace('/actions', '/Actions'),
        text => `/${text}`,
        text => `${text}/`,
        text => text.replace(/\/(?=[^/]*$)/, '//'),
        text => text.replace(/\/(?=[^/]*$)/, '/./'),
        text => text.replace(/\/(?=[^/]*$)/, '%2f'),
      ),
    )
    .map(([route, id, spell]) =>
      spell(route.split(' ')[1].replace(/:\w+/, id)),
    ),
);

describe('however a path is spelled', () => {
  const expectAsJudged = async (
    pluginId: string,
    isOpen: (route: string, id: string) => boolean,
  ) => {
    const server = app.listen(0);
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('post', 'delete' as const),
          path,
          async (method, spelled) => {
            const { body } = await request(server)[method as 'post'](
              `/api/${pluginId}${spelled}`,
            );
            if (!body.route || body.access === 'closed') return;
            expect(body).toEqual({
              ...body,
              route: isOpen(body.route, body.id) ? body.route : 'a closed one',
            });
          },
        ),
        { numRuns: 1000 },
      );
    } finally {
      server.close();
    }
  };

  // eslint-disable-next-line jest/expect-expect -- in expectAsJudged
  it('a limited key reaches only the declared routes of a plugin', () =>
    expectAsJudged('todo', (route, id) => {
      const [method, served] = route.split(' ');
      if (served.startsWith(ACTION)) return id === DECLARED_ACTION;
      return DECLARED.some(declared =>
        RoutePattern.parse(declared)?.matches({ method, path: served }),
      );
    }));

  // eslint-disable-next-line jest/expect-expect -- in expectAsJudged
  it('the framework routes of a plugin stay closed if the whole plugin is declared', () =>
    expectAsJudged('wide', (route, id) =>
      route.includes('/.backstage/') ? id === DECLARED_ACTION : true,
    ));
});
