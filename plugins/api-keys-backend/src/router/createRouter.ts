import { InputError } from '@backstage/errors';
import express, { ErrorRequestHandler, Router } from 'express';
import { ApiKeyService } from '../service/ApiKeyService';
import { Callers } from './callers';
import { createKeyRoutes } from './keyRoutes';

/** Far above what any request needs. */
const BODY_LIMIT = '64kb';

/** The parser's own message quotes the body, which is nothing to repeat or to log. */
const withoutEcho: ErrorRequestHandler = (error, _req, _res, next) => {
  next(
    error.type === 'entity.parse.failed'
      ? new InputError('The body is not valid JSON')
      : error,
  );
};

/** The HTTP API. */
export function createRouter(options: {
  service: ApiKeyService;
  callers: Callers;
}): Router {
  const router = express.Router();
  router.use((_req, res, next) => {
    // Answers may hold secrets and say who has which keys: neither proxies nor browsers keep them.
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.use(express.json({ limit: BODY_LIMIT }), withoutEcho);
  router.use('/v1', createKeyRoutes(options));
  return router;
}
