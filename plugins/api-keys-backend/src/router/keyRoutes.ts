import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { ApiKeyService } from '../service/ApiKeyService';
import { Callers } from './callers';
import { operationRoutes } from './operationRoutes';
import {
  toEventPage,
  toKeyId,
  toKeyList,
  toKeyUpdate,
  toNewKey,
} from './requests';
import { toApiKey, toApiKeyEventPage, toCreatedApiKey } from './toApiKey';

/** What users do with their own keys. */
export function createKeyRoutes(options: {
  service: ApiKeyService;
  callers: Callers;
}): ExpressRouter {
  const { service, callers } = options;
  const router = Router();
  const route = operationRoutes(router);

  route('getPolicy', async (req, res, input) => {
    const caller = await callers.reader(req);
    input();
    res.json(await service.getPolicy(caller));
  });

  route('listKeys', async (req, res, input) => {
    const caller = await callers.reader(req);
    const { filter, page } = toKeyList(input());
    const { items, totalItems, nextCursor } = await service.list(
      caller,
      filter,
      page,
    );
    const now = Date.now();
    res.json({
      items: items.map(key => toApiKey(key, now)),
      totalItems,
      pageInfo: { nextCursor },
    });
  });

  route('createKey', async (req, res, input) => {
    const caller = await callers.manager(req);
    const issued = await service.create(caller, toNewKey(input()));
    res.status(201).json(toCreatedApiKey(issued, Date.now()));
  });

  route('getKey', async (req, res, input) => {
    const caller = await callers.reader(req);
    const key = await service.get(caller, toKeyId(input().path));
    res.json(toApiKey(key, Date.now()));
  });

  route('listKeyEvents', async (req, res, input) => {
    const caller = await callers.reader(req);
    const { path, query } = input();
    const page = await service.listEvents(
      caller,
      toKeyId(path),
      toEventPage(query),
    );
    res.json(toApiKeyEventPage(page));
  });

  route('updateKey', async (req, res, input) => {
    const caller = await callers.manager(req);
    const request = input();
    const key = await service.update(
      caller,
      toKeyId(request.path),
      toKeyUpdate(request),
    );
    res.json(toApiKey(key, Date.now()));
  });

  route('rotateKey', async (req, res, input) => {
    const caller = await callers.manager(req);
    const { path, body } = input();
    const issued = await service.rotate(caller, toKeyId(path), body);
    res.status(201).json(toCreatedApiKey(issued, Date.now()));
  });

  route('keepKeyAlive', async (req, res, input) => {
    const caller = await callers.manager(req);
    const key = await service.keepAlive(caller, toKeyId(input().path));
    res.json(toApiKey(key, Date.now()));
  });

  route('revokeKey', async (req, res, input) => {
    const caller = await callers.manager(req);
    await service.revoke(caller, toKeyId(input().path));
    res.status(204).end();
  });

  return router;
}
