import {
  AuthService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  ApiKeyRuntime,
  exposeHeaders,
  setNoStore,
} from 'backstage-plugin-api-keys-node/internal';
import express, { Router } from 'express';
import { Audit } from '../observability/audit/Audit';
import { ApiKeyAdministration } from '../service/ApiKeyAdministration';
import { ApiKeyInventory } from '../service/ApiKeyInventory';
import { ApiKeyService } from '../service/ApiKeyService';
import { ApiKeyTrail } from '../service/ApiKeyTrail';
import { ApiKeyWarnings } from '../service/ApiKeyWarnings';
import { Introspection } from '../service/Introspection';
import { KeyChecks } from '../service/KeyChecks';
import { KeyLookup } from '../service/KeyLookup';
import { OwnerConfirmations } from '../service/OwnerConfirmations';
import { ScopeKeys } from '../service/ScopeKeys';
import { SecretOperations } from '../service/SecretOperations';
import { createAdminRoutes } from './adminRoutes';
import { Callers } from './callers';
import { createDocumentRoute } from './documentRoute';
import {
  internalErrorHandler,
  redactUrl,
  requestErrorHandler,
} from './errorHandlers';
import { createInternalRoutes } from './internalRoutes';
import { createIntrospectRoute } from './introspectRoute';
import { createInventoryRoutes } from './inventoryRoutes';
import { createKeyRoutes } from './keyRoutes';
import { createLeaksRoute, LeakReporting } from './leaksRoute';
import { BODY_LIMIT } from './limits';
import { createOwnerRoutes } from './ownerRoutes';
import { createRevokeRoute } from './revokeRoute';
import { createScopeRoutes } from './scopeRoutes';
import { createSelfRoutes } from './selfRoutes';
import { createTrailRoutes } from './trailRoutes';
import { answerUnknownPath } from './unknownPath';
import { createVerifyRoute } from './verifyRoute';
import { createWarningRoutes } from './warningRoutes';

/** Creates the HTTP API. */
export function createRouter(options: {
  service: ApiKeyService;
  secretOperations: SecretOperations;
  /** Undefined if leak reports are off. */
  leaks?: LeakReporting;
  administration: ApiKeyAdministration;
  inventory: ApiKeyInventory;
  trail: ApiKeyTrail;
  scopeKeys: ScopeKeys;
  warnings: ApiKeyWarnings;
  introspection: Introspection;
  checks: KeyChecks;
  lookup: KeyLookup;
  confirmations: OwnerConfirmations;
  callers: Callers;
  audit: Audit;
  auth: AuthService;
  httpAuth: HttpAuthService;
  runtime: ApiKeyRuntime;
  logger: LoggerService;
}): Router {
  const router = express.Router();
  router.use(redactUrl);
  router.use((_req, res, next) => {
    // Answers may hold secrets and key ownership, so neither proxies nor browsers may store them.
    setNoStore(res);
    exposeHeaders(res);
    next();
  });
  // Comes before the parser of bodies: the body is that of the gateway's client.
  router.use(createVerifyRoute(options));
  // Comes before the parser of bodies: the signature covers the bytes of the body.
  router.use(createLeaksRoute(options));
  router.use(express.json({ limit: BODY_LIMIT }));
  router.use(
    createDocumentRoute(),
    createKeyRoutes(options),
    createSelfRoutes(options),
    createAdminRoutes(options),
    createInventoryRoutes(options),
    createTrailRoutes(options),
    createScopeRoutes(options),
    createWarningRoutes(options),
    createOwnerRoutes(options),
    createIntrospectRoute(options),
    createRevokeRoute(options),
    createInternalRoutes(options),
  );
  router.use(answerUnknownPath);
  router.use(requestErrorHandler, internalErrorHandler(options.logger));
  return router;
}
