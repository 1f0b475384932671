import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { GuardedRoutes } from './GuardedRoutes';

const routesOf = (restrictions: JsonObject = {}) =>
  GuardedRoutes.fromConfig(
    mockServices.rootConfig({ data: { apiKeys: { restrictions } } }),
  );

const DECLARED = {
  guardedRoutes: {
    todo: ['POST /todos', 'DELETE /todos/:id', 'PUT /lists/:list/*'],
    catalog: ['POST /ours'],
  },
  guardedActions: ['todo:create'],
};

describe('the access of a limited key', () => {
  const access = (request: string, pluginId = 'todo') => {
    const [method, path] = request.split(' ');
    return routesOf(DECLARED).accessTo(pluginId, { method, path });
  };

  it.each([
    'POST /api/todo/todos',
    'DELETE /api/todo/todos/1',
    'DELETE /api/todo/todos/a%2Fb',
    'PUT /api/todo/lists/1/x',
    'PUT /api/todo/lists/1/x/y',
  ])('is that of a guarded route where it is declared: %s', request => {
    expect(access(request)).toBe('guarded');
  });

  it.each([
    'POST /api/catalog/locations',
    'POST /api/catalog/ours',
    'DELETE /api/catalog/entities/by-uid/1',
  ])(
    'is that of a guarded route where it is known or declared: %s',
    request => {
      expect(access(request, 'catalog')).toBe('guarded');
    },
  );

  it.each([
    'PUT /api/todo/todos',
    'POST /api/todo/todos/1',
    'POST /api/todo/TODOS',
    'POST /api/todo/todos/',
    'POST /api/todo//todos',
    'POST /api/todo/%74odos',
    'POST /api/todo/x/../todos',
    'POST /api/todo',
    'POST /api/todo/',
    'POST /api/other/todos',
    'POST /API/todo/todos',
    'POST /todos',
    'DELETE /api/todo/todos/',
    'DELETE /api/todo/todos/1/2',
    'PUT /api/todo/lists/1',
    'PUT /api/todo/lists//x',
    'PATCH /api/todo/todos',
    'OPTIONS /api/todo/todos',
    'TRACE /api/todo/todos',
    'post /api/todo/todos',
  ])('is none where the route is another one: %s', request => {
    expect(access(request)).toBe('closed');
  });

  it.each(['GET', 'HEAD'])(
    'is to routes that have asked, for whatever is safe: %s',
    method => {
      expect(access(`${method} /api/todo/anything`)).toBe('ask-first');
      expect(access(`${method} /api/todo`)).toBe('ask-first');
    },
  );

  it.each([
    'GET /api/todo/.backstage/scheduler/v1/tasks',
    'GET /api/todo/.backstage/auth/v1/cookie',
    'GET /api/todo/.BACKSTAGE/scheduler/v1/tasks',
    'POST /api/todo/.backstage/scheduler/v1/tasks/a/trigger',
  ])("is none to what Backstage adds to a plugin's own: %s", request => {
    expect(access(request)).toBe('closed');
  });

  it.each([
    ['POST', 'v1/actions/todo:create/invoke', 'open'],
    ['POST', 'v2/actions/todo%3Acreate/invoke', 'open'],
    ['POST', 'v1/actions/todo:remove/invoke', 'closed'],
    ['POST', 'v1/actions/todo%ZZ/invoke', 'closed'],
    ['POST', 'v1/actions/todo:create/invoke/', 'closed'],
    ['PUT', 'v1/actions/todo:create/invoke', 'closed'],
    ['POST', 'v1/actions', 'closed'],
    ['GET', 'v1/actions', 'open'],
    ['GET', 'v1/actions/todo:create/invoke', 'ask-first'],
    ['GET', 'v1/others', 'ask-first'],
  ])('is to the actions that are declared: %s %s', (method, path, expected) => {
    const whole = `${method} /api/todo/.backstage/actions/${path}`;
    expect(access(whole)).toBe(expected);
  });
});

it('the list of actions is closed to a limited key where it may call none of them', () => {
  const path = '/api/search/.backstage/actions/v1/actions';
  const access = routesOf(DECLARED).accessTo('search', { method: 'GET', path });
  expect(access).toBe('ask-first');
});

describe('the routes and actions that are declared', () => {
  it('may be none', () => {
    const route = { method: 'POST', path: '/api/todo/todos' };
    expect(routesOf().accessTo('todo', route)).toBe('closed');
  });

  it.each<[JsonObject, string]>([
    [
      { guardedRoutes: { todo: ['todos'] } },
      'apiKeys.restrictions.guardedRoutes.todo[0] is "todos", and must be POST, PUT, PATCH or DELETE and a path within the plugin',
    ],
    [{ guardedRoutes: { todo: ['POST /a', 'GET /b'] } }, 'todo[1] is "GET /b"'],
    [{ guardedRoutes: { todo: ['POST todos'] } }, 'todo[0] is "POST todos"'],
    [{ guardedRoutes: { todo: 'POST /a' } }, 'guardedRoutes.todo'],
    [{ guardedRoutes: { ToDo: ['POST /a'] } }, 'is "ToDo", and must be'],
    [{ guardedRoutes: ['POST /a'] }, 'guardedRoutes'],
    [
      { guardedActions: ['create'] },
      'apiKeys.restrictions.guardedActions[0] is "create", and must be the id of an action, such as todo:create',
    ],
    [{ guardedActions: 'todo:create' }, 'guardedActions'],
  ])('stop the start where they are wrong: %j', (restrictions, message) => {
    expect(() => routesOf(restrictions)).toThrow(message);
  });
});
