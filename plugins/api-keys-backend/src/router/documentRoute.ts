import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { openApiDocument } from '../openapi/document';
import { operationRoutes } from './operationRoutes';

/** Serves the OpenAPI document of this API. */
export function createDocumentRoute(): ExpressRouter {
  const router = Router();
  const route = operationRoutes(router);

  route('getDocument', async (req, res, input) => {
    input();
    res.json({ ...openApiDocument, servers: [{ url: req.baseUrl }] });
  });

  return router;
}
