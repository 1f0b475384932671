import { canonicalScope } from 'backstage-plugin-api-keys-common';
import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { ScopeKeys } from '../service/ScopeKeys';
import { Callers } from './callers';
import { operationRoutes } from './operationRoutes';
import { toKeyPage } from './requests';
import { toApiKeyScopeHolderPage } from './toApiKey';

/** Routes that list the keys with a scope. */
export function createScopeRoutes(options: {
  scopeKeys: ScopeKeys;
  callers: Callers;
}): ExpressRouter {
  const { scopeKeys, callers } = options;
  const router = Router();
  const route = operationRoutes(router);

  route('listScopeKeys', async (req, res, input) => {
    const caller = await callers.reader(req);
    const { path, query } = input();
    const scope = canonicalScope(path.scope);
    const page = await scopeKeys.list(caller, scope, toKeyPage(query));
    res.json(toApiKeyScopeHolderPage(page, Date.now()));
  });

  return router;
}
