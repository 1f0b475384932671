import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { ApiKeyAdministration } from '../service/ApiKeyAdministration';
import { Callers } from './callers';
import { operationRoutes } from './operationRoutes';
import { toEventFilter, toEventPage, toRevocation } from './requests';
import { toApiKey, toApiKeyEventPage } from './toApiKey';

/** What admins do with everybody's keys. */
export function createAdminRoutes(options: {
  administration: ApiKeyAdministration;
  callers: Callers;
}): ExpressRouter {
  const { administration, callers } = options;
  const router = Router();
  const route = operationRoutes(router);

  route('lookUpSecret', async (req, res, input) => {
    const caller = await callers.reader(req);
    const { token } = input().body;
    const key = await administration.lookUp(caller, token);
    res.json(toApiKey(key, Date.now()));
  });

  route('revokeKeys', async (req, res, input) => {
    const caller = await callers.manager(req);
    const revocation = toRevocation(input());
    res.json(await administration.revoke(caller, revocation));
  });

  route('listAllEvents', async (req, res, input) => {
    const caller = await callers.reader(req);
    const request = input();
    const page = await administration.listEvents(
      caller,
      toEventFilter(request),
      toEventPage(request.query),
    );
    res.json(toApiKeyEventPage(page));
  });

  return router;
}
