import { NotFoundError } from '@backstage/errors';
import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { ApiKeyService } from '../service/ApiKeyService';
import { Callers } from './callers';
import {
  createKeySchema,
  listEventsSchema,
  listKeysSchema,
  parse,
  rotateKeySchema,
  updateKeySchema,
} from './requests';
import { toApiKey, toApiKeyEventPage, toCreatedApiKey } from './toApiKey';

/** What users do with their own keys. */
export function createKeyRoutes(options: {
  service: ApiKeyService;
  callers: Callers;
}): ExpressRouter {
  const { service, callers } = options;
  const router = Router();

  router.get('/policy', async (req, res) => {
    const caller = await callers.reader(req);
    res.json(await service.getPolicy(caller));
  });

  router.get('/keys', async (req, res) => {
    const caller = await callers.reader(req);
    const { status, q, orderBy, limit, cursor } = parse(
      listKeysSchema,
      req.query,
    );
    const page = await service.list(
      caller,
      { statuses: status, text: q },
      { order: orderBy, limit, cursor },
    );
    const now = Date.now();
    res.json({
      items: page.items.map(key => toApiKey(key, now)),
      totalItems: page.totalItems,
      pageInfo: { nextCursor: page.nextCursor },
    });
  });

  router.post('/keys', async (req, res) => {
    const caller = await callers.manager(req);
    const request = parse(createKeySchema, req.body);
    const issued = await service.create(caller, request);
    res.status(201).json(toCreatedApiKey(issued, Date.now()));
  });

  router.get('/keys/:id', async (req, res) => {
    const caller = await callers.reader(req);
    const key = await service.get(caller, keyId(req.params.id));
    res.json(toApiKey(key, Date.now()));
  });

  router.get('/keys/:id/events', async (req, res) => {
    const caller = await callers.reader(req);
    const id = keyId(req.params.id);
    const { limit, cursor } = parse(listEventsSchema, req.query);
    const page = await service.listEvents(caller, id, {
      limit,
      before: cursor,
    });
    res.json(toApiKeyEventPage(page));
  });

  router.patch('/keys/:id', async (req, res) => {
    const caller = await callers.manager(req);
    const id = keyId(req.params.id);
    const request = parse(updateKeySchema, req.body);
    const key = await service.update(caller, id, request);
    res.json(toApiKey(key, Date.now()));
  });

  router.post('/keys/:id/rotate', async (req, res) => {
    const caller = await callers.manager(req);
    const id = keyId(req.params.id);
    const request = parse(rotateKeySchema, req.body ?? {});
    const issued = await service.rotate(caller, id, request);
    res.status(201).json(toCreatedApiKey(issued, Date.now()));
  });

  router.post('/keys/:id/keep-alive', async (req, res) => {
    const caller = await callers.manager(req);
    const key = await service.keepAlive(caller, keyId(req.params.id));
    res.json(toApiKey(key, Date.now()));
  });

  router.delete('/keys/:id', async (req, res) => {
    const caller = await callers.manager(req);
    await service.revoke(caller, keyId(req.params.id));
    res.status(204).end();
  });

  return router;
}

/** What is no id cannot be the id of a key; a secret that was put here by mistake is not repeated. */
function keyId(value: string): string {
  const { success, data } = z.uuid().safeParse(value);
  if (!success) throw new NotFoundError('There is no API key with this id');
  return data.toLowerCase();
}
