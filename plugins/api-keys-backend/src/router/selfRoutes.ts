import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { ApiKeyService } from '../service/ApiKeyService';
import { Callers } from './callers';
import { parse, rotateKeySchema } from './requests';
import { toApiKey, toCreatedApiKey } from './toApiKey';

/** What a key does with itself: the only management that keys are let in for. */
export function createSelfRoutes(options: {
  service: ApiKeyService;
  callers: Callers;
}): ExpressRouter {
  const { service, callers } = options;
  const router = Router();

  router.get('/self', async (req, res) => {
    const { caller, keyId } = await callers.key(req);
    res.json(toApiKey(await service.get(caller, keyId), Date.now()));
  });

  router.post('/self/rotate', async (req, res) => {
    const { caller, keyId } = await callers.key(req);
    const request = parse(rotateKeySchema, req.body ?? {});
    const issued = await service.rotate(caller, keyId, request);
    res.status(201).json(toCreatedApiKey(issued, Date.now()));
  });

  router.delete('/self', async (req, res) => {
    const { caller, keyId } = await callers.key(req);
    await service.revoke(caller, keyId);
    res.status(204).end();
  });

  return router;
}
