import { LoggerService } from '@backstage/backend-plugin-api';
import express, { Router } from 'express';
import { ApiKeyAdministration } from '../service/ApiKeyAdministration';
import { ApiKeyService } from '../service/ApiKeyService';
import { createAdminRoutes } from './adminRoutes';
import { Callers } from './callers';
import { createDocumentRoute } from './documentRoute';
import {
  bodyErrorHandler,
  internalErrorHandler,
  pathErrorHandler,
} from './errorHandlers';
import { DefaultApiKeyService } from '../service/DefaultApiKeyService';
import { createKeyRoutes } from './keyRoutes';
import { BODY_LIMIT } from './limits';
import { createRevokeRoute } from './revokeRoute';
import { createSelfRoutes } from './selfRoutes';

/** The HTTP API. */
export function createRouter(options: {
  service: ApiKeyService;
  /** For who holds a secret, which is all the permission that revoking it takes. */
  unguardedService: DefaultApiKeyService;
  administration: ApiKeyAdministration;
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
  router.use(
    createDocumentRoute(),
    createKeyRoutes(options),
    createSelfRoutes(options),
    createAdminRoutes(options),
    createRevokeRoute({
      service: options.unguardedService,
      logger: options.logger,
    }),
  );
  router.use(pathErrorHandler, internalErrorHandler(options.logger));
  return router;
}
