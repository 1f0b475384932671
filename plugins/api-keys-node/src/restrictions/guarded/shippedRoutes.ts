/**
 * Routes of Backstage's own plugins, of this one and of Red Hat's RBAC that use unsafe methods (RFC 9110 §9.2.1) and ask for a
 * permission before they do anything. `guardedRoutes.test.ts` of the backend tests each of them on the real plugin.
 *
 * A route belongs here only if it always asks first: an action before the check cannot be undone.
 *
 * @public
 */
export const SHIPPED_ROUTES: Readonly<Record<string, readonly string[]>> = {
  // Routes that do not ask deny every key.
  'api-keys': ['POST /v1/*', 'PUT /v1/*', 'PATCH /v1/*', 'DELETE /v1/*'],
  catalog: [
    'POST /refresh',
    'DELETE /entities/by-uid/:uid',
    'POST /entities/by-query',
    'POST /entities/by-refs',
    'POST /entity-facets',
    'POST /locations',
    'POST /locations/by-query',
    'PUT /locations/:id',
    'DELETE /locations/:id',
    'POST /analyze-location',
    'POST /validate-entity',
  ],
  kubernetes: [
    'POST /services/:serviceId',
    'POST /resources/workloads/query',
    'POST /resources/custom/query',
    'POST /proxy/*',
    'PUT /proxy/*',
    'PATCH /proxy/*',
    'DELETE /proxy/*',
  ],
  // Routes of RBAC.
  permission: [
    'POST /policies',
    'PUT /policies/:kind/:namespace/:name',
    'DELETE /policies/:kind/:namespace/:name',
    'POST /roles',
    'PUT /roles/:kind/:namespace/:name',
    'DELETE /roles/:kind/:namespace/:name',
    'POST /roles/conditions',
    'PUT /roles/conditions/:id',
    'DELETE /roles/conditions/:id',
    'POST /plugins/id',
    'DELETE /plugins/id',
    'POST /refresh/:id',
  ],
  scaffolder: [
    'POST /v2/tasks',
    'POST /v2/tasks/:taskId/cancel',
    'POST /v2/tasks/:taskId/retry',
    'POST /v2/dry-run',
  ],
};

/**
 * Actions that ask for a permission themselves, or do all that they do by calling guarded routes on behalf of the caller. The
 * exception is `api-keys:whoami`, which returns the key of the caller, like `/v1/self`.
 *
 * @public
 */
export const SHIPPED_ACTIONS: readonly string[] = [
  'api-keys:list',
  'api-keys:revoke',
  'api-keys:whoami',
  'catalog:get-catalog-entity',
  'catalog:query-catalog-entities',
  'catalog:refresh-catalog-entity',
  'catalog:register-entity',
  'catalog:unregister-entity',
  'catalog:validate-entity',
  'scaffolder:dry-run-template',
  'scaffolder:execute-template',
  'scaffolder:get-scaffolder-task-logs',
  'scaffolder:list-scaffolder-tasks',
];
