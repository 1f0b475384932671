import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { ApiKeyService } from '../service/ApiKeyService';
import { Callers } from './callers';
import { operationRoutes } from './operationRoutes';
import { toApiKey, toCreatedApiKey } from './toApiKey';

/** What a key does with itself: the only management that keys are let in for. */
export function createSelfRoutes(options: {
  service: ApiKeyService;
  callers: Callers;
}): ExpressRouter {
  const { service, callers } = options;
  const router = Router();
  const route = operationRoutes(router);

  route('getSelf', async (req, res, input) => {
    const { caller, keyId } = await callers.key(req);
    input();
    res.json(toApiKey(await service.get(caller, keyId), Date.now()));
  });

  route('rotateSelf', async (req, res, input) => {
    const { caller, keyId } = await callers.key(req);
    const issued = await service.rotate(caller, keyId, input().body);
    res.status(201).json(toCreatedApiKey(issued, Date.now()));
  });

  route('revokeSelf', async (req, res, input) => {
    const { caller, keyId } = await callers.key(req);
    input();
    await service.revoke(caller, keyId);
    res.status(204).end();
  });

  return router;
}
