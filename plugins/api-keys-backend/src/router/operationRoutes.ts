import type { Request, RequestHandler, Response, Router } from 'express';
import { OperationId, operationOf } from '../openapi/document';
import { RequestValidator } from '../openapi/RequestValidator';
import { Input } from '../openapi/types';

/**
 * Answers a request. `input` is what the request brings along; to ask for it is to check it, so ask who calls before.
 */
type OperationHandler<Id extends OperationId> = (
  req: Request,
  res: Response,
  input: () => Input<Id>,
) => Promise<void>;

/**
 * Lets a router answer operations of the OpenAPI document, by their `operationId`: the method, the path and what a request
 * may hold are the document's.
 *
 * @param before - handlers of the operation that come first
 */
export const operationRoutes =
  (router: Router) =>
  <Id extends OperationId>(
    id: Id,
    handler: OperationHandler<Id>,
    before: RequestHandler[] = [],
  ): void => {
    const operation = operationOf(id);
    const validator = new RequestValidator<Id>(operation);
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router[operation.method](path, ...before, (req, res) =>
      handler(req, res, () => validator.parse(req)),
    );
  };
