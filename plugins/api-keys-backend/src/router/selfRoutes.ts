import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { ApiKeyRefusedError } from 'backstage-plugin-api-keys-node';
import { Audit } from '../observability/audit/Audit';
import {
  auditDetails,
  auditRevocation,
} from '../observability/audit/auditDetails';
import { ApiKeyService } from '../service/ApiKeyService';
import { SecretOperations } from '../service/SecretOperations';
import { Callers } from './callers';
import { operationRoutes } from './operationRoutes';
import { toApiKey, toCreatedApiKey } from './toApiKey';

/** Routes with which a key manages itself: the only management that accepts keys. */
export function createSelfRoutes(options: {
  service: ApiKeyService;
  secretOperations: SecretOperations;
  callers: Callers;
  audit: Audit;
}): ExpressRouter {
  const { service, secretOperations, callers, audit } = options;
  const router = Router();
  const route = operationRoutes(router);

  const recordReuse = async (error: unknown): Promise<never> => {
    if (error instanceof ApiKeyRefusedError && error.keyId) {
      await secretOperations.rotationRefused(error.keyId);
    }
    throw error;
  };

  route('getSelf', async (req, res, input) => {
    const { caller, keyId } = await callers.key(req);
    input();
    res.json(toApiKey(await service.get(caller, keyId), Date.now()));
  });

  route('rotateSelf', async (req, res, input) => {
    // Comes before the audit: the auditor throws for invalid credentials.
    const { caller, keyId } = await callers.key(req).catch(recordReuse);
    const issued = await audit.request(
      req,
      { eventId: 'key-rotate', severityLevel: 'medium' },
      () =>
        service.rotate(caller, keyId, { ...input().body, rotatedBy: 'key' }),
      ({ key }) => auditDetails(key),
    );
    res.status(201).json(toCreatedApiKey(issued, Date.now()));
  });

  route('revokeSelf', async (req, res, input) => {
    await audit.request(
      req,
      { eventId: 'key-revoke', severityLevel: 'medium' },
      async () => {
        const { caller, keyId } = await callers.key(req);
        input();
        return service.revoke(caller, keyId);
      },
      auditRevocation,
    );
    res.status(204).end();
  });

  return router;
}
