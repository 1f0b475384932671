import { mockServices } from '@backstage/backend-test-utils';
import type { Router } from 'express';
import { startTestPortal } from '../__testUtils__/startTestPortal';
import { openApiDocument, operations } from '../openapi/document';
import { createRouter } from './createRouter';

const PATH = '/api/api-keys/openapi.json';

describe('the OpenAPI document', () => {
  it('lists exactly the public routes of the router', () => {
    const router = createRouter({
      logger: mockServices.logger.mock(),
    } as unknown as Parameters<typeof createRouter>[0]);
    const documented = operations.map(
      ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    );
    const routes = routesOf(router).filter(one => !one.includes(' /internal/'));
    expect(routes.sort()).toEqual(documented.sort());
  });

  it('is served to all signed-in users, with the path of the plugin', async () => {
    const portal = await startTestPortal({});
    await portal.call('get', PATH).expect(401);
    const { body } = await portal
      .call('get', PATH, await portal.signIn('ada'))
      .expect(200);
    expect(body).toEqual({
      ...openApiDocument,
      servers: [{ url: '/api/api-keys' }],
    });
    await portal.stop();
  });
});

function routesOf(router: Router): string[] {
  return router.stack.flatMap(({ route, handle }) => {
    if (route) {
      const { path, methods } = route as unknown as {
        path: string;
        methods: Record<string, boolean>;
      };
      return Object.keys(methods).map(method => `${method} ${path}`);
    }
    return 'stack' in handle ? routesOf(handle as unknown as Router) : [];
  });
}
