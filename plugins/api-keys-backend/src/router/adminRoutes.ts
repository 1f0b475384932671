import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { ApiKeyAdministration } from '../service/ApiKeyAdministration';
import { Callers } from './callers';
import {
  listAllEventsSchema,
  lookupSchema,
  parse,
  revokeKeysSchema,
} from './requests';
import { toApiKey, toApiKeyEventPage } from './toApiKey';

/** What admins do with everybody's keys. */
export function createAdminRoutes(options: {
  administration: ApiKeyAdministration;
  callers: Callers;
}): ExpressRouter {
  const { administration, callers } = options;
  const router = Router();

  router.post('/admin/lookup', async (req, res) => {
    const caller = await callers.reader(req);
    const { token } = parse(lookupSchema, req.body);
    const key = await administration.lookUp(caller, token);
    res.json(toApiKey(key, Date.now()));
  });

  router.post('/admin/revoke', async (req, res) => {
    const caller = await callers.manager(req);
    const request = parse(revokeKeysSchema, req.body);
    res.json(await administration.revoke(caller, request));
  });

  router.get('/admin/events', async (req, res) => {
    const caller = await callers.reader(req);
    const { limit, cursor, from, to, ...filter } = parse(
      listAllEventsSchema,
      req.query,
    );
    const page = await administration.listEvents(
      caller,
      {
        ...filter,
        from: from === undefined ? undefined : Date.parse(from),
        to: to === undefined ? undefined : Date.parse(to),
      },
      { limit, before: cursor },
    );
    res.json(toApiKeyEventPage(page));
  });

  return router;
}
