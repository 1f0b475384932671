import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import express, { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { SecretOperations } from '../service/SecretOperations';
import { limitRequests } from './limitRequests';
import { BODY_LIMIT } from './limits';
import { operationRoutes } from './operationRoutes';

/**
 * Token revocation (RFC 7009). Needs no sign-in, so that finders of a secret can end it: the secret is the only permission
 * required. The answer is the same for known and unknown secrets (§2.2).
 */
export function createRevokeRoute(options: {
  secretOperations: SecretOperations;
  logger: LoggerService;
}): ExpressRouter {
  const { secretOperations, logger } = options;
  const router = Router();
  const route = operationRoutes(router);

  route(
    'revokeSecret',
    async (_req, res, input) => {
      const secrets = [input().body.token].flat();
      try {
        await secretOperations.revoke(secrets);
      } catch (error) {
        // The client must assume that the key still works (§2.2.1).
        logger.error(
          'Could not revoke API keys by their secrets',
          toError(error),
        );
        throw new ServiceUnavailableError(
          'The key could not be revoked right now, try again shortly',
        );
      }
      res.status(200).end();
    },
    [
      limitRequests('revocations'),
      express.urlencoded({ extended: false, limit: BODY_LIMIT }),
    ],
  );
  return router;
}
