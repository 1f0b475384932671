import { LoggerService } from '@backstage/backend-plugin-api';
import express, { Router } from 'express';
import { ApiKeyService } from '../service/ApiKeyService';
import { Callers } from './callers';
import { bodyErrorHandler, internalErrorHandler } from './errorHandlers';
import { createKeyRoutes } from './keyRoutes';
import { createSelfRoutes } from './selfRoutes';

/** Far above what any request needs. */
const BODY_LIMIT = '64kb';

/** The HTTP API. */
export function createRouter(options: {
  service: ApiKeyService;
  callers: Callers;
  logger: LoggerService;
}): Router {
  const router = express.Router();
  router.use((_req, res, next) => {
    // Answers may hold secrets and say who has which keys: neither proxies nor browsers keep them.
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.use(express.json({ limit: BODY_LIMIT }), bodyErrorHandler);
  router.use('/v1', createKeyRoutes(options));
  router.use('/v1', createSelfRoutes(options));
  router.use(internalErrorHandler(options.logger));
  return router;
}
